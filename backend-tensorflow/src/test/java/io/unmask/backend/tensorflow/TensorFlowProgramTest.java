package io.unmask.backend.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.unmask.error.BackendException;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.spi.Availability.Available;
import io.unmask.spi.Availability.Unavailable;
import io.unmask.spi.Device;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;
import io.unmask.testkit.GoldenModels;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TensorFlowProgramTest {

  private static final Shape INPUT = Shape.of(6, 5, 3);

  private final TensorFlowBackend backend = new TensorFlowBackend();

  @Test
  void aGpuThatCannotBeUsedIsAnErrorThatSaysWhy() {
    assumeTrue(backend.probe(Device.GPU) instanceof Unavailable);
    Unavailable unavailable = (Unavailable) backend.probe(Device.GPU);
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> backend.compile(network(), new ProgramOptions(Device.GPU, 1)))
        .withMessage(
            "Backend 'tensorflow' cannot be used: %s; %s"
                .formatted(unavailable.reason(), unavailable.remedy()));
  }

  @Test
  void theCpuBackendComesFirstUnlessAGpuCanBeUsed() {
    boolean gpu = !(backend.probe(Device.GPU) instanceof Unavailable);
    assertThat(backend.priority() > 100).isEqualTo(gpu);
  }

  @Test
  void theDeviceIsTheOneThatRan() {
    try (Program program = backend.compile(network(), new ProgramOptions(Device.CPU, 3))) {
      assertThat(program.info().device()).isEqualTo("cpu");
      assertThat(program.info().engine()).startsWith("TensorFlow 2.");
      assertThat(program.info().threads()).isEqualTo(3);
    }
  }

  @Test
  void onTheCpuNoBatchIsPreferred() {
    try (Program program = backend.compile(network(), new ProgramOptions(Device.CPU, 1))) {
      assertThat(program.preferredBatch()).isEqualTo(1);
    }
  }

  @Test
  void onAGpuABatchIsPreferred() {
    assumeTrue(backend.probe(Device.GPU) instanceof Available);
    try (Program program = backend.compile(network(), new ProgramOptions(Device.GPU, 1))) {
      assertThat(program.preferredBatch()).isEqualTo(TensorFlowProgram.GPU_BATCH);
    }
  }

  @Test
  void imagesAreRunInFewSizesOfBatch() {
    Set<Integer> sizes = new TreeSet<>();
    for (int count = 1; count <= 200; count++) {
      int run = 0;
      while (run < count) {
        int batch = TensorFlowProgram.nextBatch(count - run, TensorFlowProgram.GPU_BATCH);
        sizes.add(batch);
        run += batch;
      }
      assertThat(run).isEqualTo(count);
    }
    assertThat(sizes).containsExactly(1, 2, 4, 8, 16, 32);
    assertThat(TensorFlowProgram.nextBatch(200, 1)).isEqualTo(1);
  }

  @Test
  void withoutAWarmUpTheAnswersAreTheSame() {
    float[] image = GoldenModels.image(INPUT, 3);
    float[] expected = run(image);
    System.setProperty(TensorFlowProgram.WARM_UP, "false");
    try {
      assertThat(run(image)).containsExactly(expected);
    } finally {
      System.clearProperty(TensorFlowProgram.WARM_UP);
    }
  }

  private float[] run(float[] image) {
    try (Program program = backend.compile(network(), ProgramOptions.DEFAULT)) {
      return program.run(FloatBuffer.wrap(image), 1)[0];
    }
  }

  private static Network network() {
    Network.Builder builder = Network.builder("small");
    int input = builder.add("input", new Layer.Input(INPUT));
    int scaled = builder.add("scaled", new Layer.Rescaling(List.of(0.3), List.of(0.1)), input);
    int mean = builder.add("mean", new Layer.GlobalAveragePooling2D(false), scaled);
    return builder.build(mean);
  }
}
