package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unmask.discovery.Providers;
import io.unmask.error.BackendException;
import io.unmask.error.ImageException;
import io.unmask.spi.InputFormat;
import io.unmask.spi.ProgramInfo;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorProvidersTest {

  @TempDir Path folder;

  @Test
  void thisArtifactsProviderIsFoundByItself() {
    assertThat(DetectorProviders.select(Detector.builder().settings(), true))
        .isInstanceOf(NetworkProvider.class);
    assertThat(DetectorProviders.select(Detector.builder().provider("network").settings(), true))
        .isInstanceOf(NetworkProvider.class);
    assertThat(DetectorProviders.select(Optional.empty(), new Providers<>(List.of(), List.of())))
        .isInstanceOf(NetworkProvider.class);
  }

  @Test
  void theHighestPriorityIsChosenUnlessOneIsNamed() {
    Remote remote = new Remote("remote", 7);
    Remote last = new Remote("last", -1);
    Providers<DetectorProvider> providers =
        new Providers<>(
            List.of(
                new Providers.Found<>("last", last, "a.jar"),
                new Providers.Found<>("network", new NetworkProvider(), "b.jar"),
                new Providers.Found<>("remote", remote, "c.jar")),
            List.of());
    assertThat(DetectorProviders.select(Optional.empty(), providers)).isSameAs(remote);
    assertThat(DetectorProviders.select(Optional.of(new Choice("last", "x")), providers))
        .isSameAs(last);
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(
            () -> DetectorProviders.select(Optional.of(new Choice("gone", "the test")), providers))
        .withMessageContainingAll(
            "no provider 'gone' of detectors (asked for by the test)",
            "last, network, remote",
            "docs/errors.md#no-provider");
  }

  @Test
  void aBrokenProviderHidesNoOther() {
    DetectorProvider broken =
        new DetectorProvider() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public int priority() {
            throw new IllegalStateException("broken");
          }

          @Override
          public Detector open(DetectorSettings settings) {
            throw new IllegalStateException("broken");
          }
        };
    NetworkProvider network = new NetworkProvider();
    assertThat(
            DetectorProviders.select(
                Optional.empty(),
                new Providers<>(
                    List.of(
                        new Providers.Found<>("broken", broken, "a.jar"),
                        new Providers.Found<>("network", network, "b.jar")),
                    List.of())))
        .isSameAs(network);
  }

  @Test
  void aProviderRefusesWhatItCannotHeed() {
    DetectorSettings settings =
        Detector.builder().threshold(0.3).threads(2).model(Path.of("m.keras")).settings();
    assertThat(settings.named()).containsExactly("model", "threshold", "threads");
    assertThat(settings.threshold()).hasValue(0.3);
    assertThat(settings.threads()).hasValue(2);
    assertThat(settings.models()).containsExactly(Path.of("m.keras"));
    settings.requireOnly("remote", Set.of("model", "threshold", "threads"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.requireOnly("remote", Set.of("model", "threshold")))
        .withMessageStartingWith("provider 'remote' cannot heed the setting 'threads'");
  }

  @Test
  void aDetectorOfAProgramsOwnNeedsToClassifyEncodedImagesOnly() throws Exception {
    Path file = Files.write(folder.resolve("a.jpg"), new byte[] {1, 2, 3});
    Path empty = Files.createFile(folder.resolve("empty.jpg"));
    try (Detector detector = new Remote("remote", 0).open(Detector.builder().settings())) {
      assertThat(detector.classify(file).probability()).isEqualTo(0.03);
      assertThat(detector.classify(new byte[5]).probability()).isEqualTo(0.05);
      try (Stream<Outcome<Path>> all = detector.classifyAll(Stream.of(file, empty))) {
        List<Outcome<Path>> outcomes = all.toList();
        assertThat(outcomes.get(0).source()).isEqualTo(file);
        assertThat(outcomes.get(0).classification().orElseThrow().probability()).isEqualTo(0.03);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Failed.class);
      }
      try (Stream<Outcome<Integer>> all =
          detector.classifyAll(
              Stream.of(4, 9), size -> new EncodedImage("bytes " + size, new byte[size]))) {
        assertThat(all.map(each -> each.source() + " " + each.classification().orElseThrow()))
            .containsExactly("4 REAL 0.0400", "9 REAL 0.0900");
      }
      DetectorInfo info = detector.info();
      assertThat(info.members()).containsExactly("length");
      assertThat(info.threshold()).isEqualTo(0.5);
    }
  }

  /** Opens detectors that say how long an image is. */
  private record Remote(String name, int priority) implements DetectorProvider {

    @Override
    public Detector open(DetectorSettings settings) {
      return new Detector() {
        @Override
        public Classification classify(EncodedImage image) {
          if (image.bytes().length == 0) {
            throw new ImageException(image.name() + ": empty");
          }
          return Classification.builder(
                  Label.REAL,
                  image.bytes().length / 100.0,
                  new Classification.Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO))
              .build();
        }

        @Override
        public Classification classify(BufferedImage image) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Classification classify(float[] image) {
          throw new UnsupportedOperationException();
        }

        @Override
        public ExplainedPhoto explain(EncodedImage image) {
          throw new UnsupportedOperationException();
        }

        @Override
        public ExplainedPhoto explain(BufferedImage image) {
          throw new UnsupportedOperationException();
        }

        @Override
        public DetectorInfo info() {
          return DetectorInfo.of(
                  "length", new ProgramInfo("none", "none", "none", 1), InputFormat.unitRange(1, 1))
              .build();
        }

        @Override
        public void close() {}
      };
    }
  }
}
