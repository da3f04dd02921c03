package io.unmask.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.unmask.error.InterruptionException;
import io.unmask.error.ModelFormatException;
import io.unmask.keras.bytes.WeightFile;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.architecture.XceptionClassifier;
import io.unmask.testkit.FormulaWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model file is opened when something is read from it, and an interrupt concerns one thread. */
class InterruptedReadingTest {

  @TempDir Path folder;
  private Network written;
  private Path file;

  @BeforeEach
  void write() {
    written =
        new XceptionClassifier(Shape.of(71, 71, 3), 0.125, List.of(), 0)
            .build(new FormulaWeights("output_layer", 1, 0));
    file = folder.resolve("model.keras");
    KerasWriter.write(written, file);
  }

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void anInterruptedReaderSaysSoAndIsStillInterrupted() throws Exception {
    Network network = KerasReader.read(file);
    Weights large = large(network);
    for (Runnable reading :
        List.<Runnable>of(
            () -> KerasReader.read(file),
            () -> new KerasSeries(List.of(file, file)).read(1),
            large::toArray,
            () ->
                assertThat(large(network).reshaped(Shape.of(large.size())).hashCode()).isZero())) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptionException.class)
          .isThrownBy(reading::run)
          .withMessageStartingWith(file + ": the thread was interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
    // and nobody else is harmed, now or later
    assertThat(large).isEqualTo(large(written));
    Thread other = new Thread(large::toArray);
    Thread.UncaughtExceptionHandler failed = (thread, e) -> assertThat(e).isNull();
    other.setUncaughtExceptionHandler(failed);
    other.start();
    other.join();
  }

  @Test
  void nothingStaysOpen() throws IOException {
    Network network = KerasReader.read(file);
    KerasSeries series = new KerasSeries(List.of(file, copy("other.keras")));
    assertThat(series.read(0).nodes()).isEqualTo(series.read(1).nodes());
    assertThat(large(network)).isEqualTo(large(written));
    Path descriptors = Path.of("/proc/self/fd");
    if (Files.isDirectory(descriptors)) {
      try (var open = Files.list(descriptors)) {
        assertThat(open.map(InterruptedReadingTest::target))
            .noneMatch(target -> target.startsWith(folder.toString()));
      }
    }
    Path mapped = Path.of("/proc/self/maps");
    if (Files.isReadable(mapped)) {
      assertThat(Files.readString(mapped)).doesNotContain(folder.toString());
    }
  }

  @Test
  void aFileThatWasReplacedMeanwhileIsNotReadFromAsIfItWereTheSame() throws IOException {
    Network network = KerasReader.read(file);
    Network independent = network.inMemory();
    Path other = copy("other.keras");
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> large(network).toArray())
        .withMessageStartingWith(file + ": was changed or replaced");
    Files.delete(file);
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> large(network).toArray())
        .withMessageStartingWith(file + ": cannot be read any more");
    assertThat(independent.nodes()).isEqualTo(written.nodes());
  }

  private Path copy(String name) throws IOException {
    return Files.copy(file, folder.resolve(name));
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // that of the listing itself
    }
  }

  private static Weights large(Network network) {
    for (Node node : network.nodes()) {
      if (node.layer() instanceof Layer.SeparableConv2D layer
          && layer.pointwise().size() >= WeightFile.SMALL) {
        return layer.pointwise();
      }
    }
    throw new AssertionError("all weights are small");
  }
}
