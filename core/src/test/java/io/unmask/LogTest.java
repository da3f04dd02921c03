package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.unmask.discovery.Providers;
import io.unmask.error.ImageException;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.Availability;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Preprocessor;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.ServicesClassLoader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the library tells the log, which is Java's own here. */
class LogTest {

  private final Logger logger = Logger.getLogger("io.unmask");
  private final List<LogRecord> records = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @TempDir Path folder;

  @BeforeEach
  void listen() {
    logger.setLevel(Level.ALL);
    handler.setLevel(Level.ALL);
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void listenNoMore() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }

  private List<String> messages() {
    return records.stream().map(LogRecord::getMessage).toList();
  }

  @Test
  void openingIsForThoseWhoDebugAndPhotosAreForNobody() throws IOException {
    FakeBackend backend = FakeBackend.putsOut(0.9f);
    Path photo = folder.resolve("secret-name.png");
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", photo.toFile());
    try (Detector detector =
        new DetectorOpener(Detector.builder().settings())
            .open(backend, new JavaPreprocessor(), TestModels.model(1, 0.5))) {
      assertThat(records).extracting(LogRecord::getLevel).containsExactly(Level.FINE);
      assertThat(messages().get(0))
          .startsWith("opened model tiny.keras of [tiny.keras] on backend fake")
          .contains("preprocessor java", "faces not looked for");
      detector.classify(photo);
      Path torn = Files.write(folder.resolve("torn.png"), new byte[] {1, 2, 3});
      assertThatExceptionOfType(ImageException.class).isThrownBy(() -> detector.classify(torn));
    }
    assertThat(records).hasSize(1);
  }

  @Test
  void aBackendThatWouldBeBetterAndCannotBeUsedIsWarnedOf() {
    Backend good = FakeBackend.putsOut(1);
    Backends backends =
        Backends.of(
            Device.AUTO,
            new Providers<>(
                List.of(
                    new Providers.Found<>("fake", good, "good.jar"),
                    new Providers.Found<>("best", new Unavailable(), "best.jar")),
                List.of()));
    backends.warn(backends.select(Optional.empty()));
    assertThat(records).extracting(LogRecord::getLevel).containsExactly(Level.WARNING);
    assertThat(messages())
        .containsExactly(
            "backend 'fake' is used instead of best (best.jar, unavailable: the driver is missing;"
                + " install it)");
  }

  @Test
  void plugInsThatAreBrokenAreWarnedOfOnceAnOpening() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(new ServicesClassLoader(Preprocessor.class, "test.Missing"));
    try (Detector detector =
        Detector.builder()
            .model(GoldenModels.file("sequential_cnn.keras"))
            .backend(FakeBackend.putsOut(0.9f))
            .open()) {
      assertThat(detector.info().preprocessor()).isEqualTo("java");
    } finally {
      thread.setContextClassLoader(before);
    }
    assertThat(messages().get(0))
        .startsWith("a plug-in is broken and left out: io.unmask.spi.Preprocessor")
        .contains("test.Missing");
    assertThat(records).extracting(LogRecord::getLevel).containsExactly(Level.WARNING, Level.FINE);
  }

  /** Comes first, and lacks something. */
  private static final class Unavailable extends FakeBackend {

    Unavailable() {
      super(pixels -> new float[][] {{0}});
    }

    @Override
    public String name() {
      return "best";
    }

    @Override
    public int priority() {
      return 7;
    }

    @Override
    public Availability probe(Device device) {
      return new Availability.Unavailable("the driver is missing", "install it");
    }
  }
}
