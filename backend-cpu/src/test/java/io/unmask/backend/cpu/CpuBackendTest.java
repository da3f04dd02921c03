package io.unmask.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.unmask.error.BackendException;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.architecture.KerasInitializer;
import io.unmask.network.architecture.SmallCnn;
import io.unmask.spi.Availability;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Precision;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;
import io.unmask.testkit.BackendContract;
import io.unmask.testkit.FullSizeModels;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.MeasuredRanges;
import java.nio.FloatBuffer;
import java.util.ServiceLoader;
import org.bytedeco.dnnl.global.dnnl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CpuBackendTest extends BackendContract {

  @Override
  protected Backend backend() {
    return new CpuBackend();
  }

  @Test
  void isFoundOnTheClassPath() {
    assertThat(ServiceLoader.load(Backend.class)).hasAtLeastOneElementOfType(CpuBackend.class);
  }

  @Test
  void refusesAGpuAndSaysWhatToAdd() {
    assertThat(backend().probe(Device.GPU)).isInstanceOf(Availability.Unavailable.class);
    Network.Builder builder = Network.builder("empty");
    int input = builder.add("input", new Layer.Input(Shape.of(2, 2, 3)));
    Network network = builder.build(input);
    assertThatThrownBy(() -> backend().compile(network, new ProgramOptions(Device.GPU, 0)))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("io.unmask:unmask-tensorflow-gpu");
  }

  @Test
  void computesInBf16WhereTheProcessorMultipliesItAndElseSaysWhy() {
    Network network = SmallCnn.reference().build(new KerasInitializer(5));
    ProgramOptions options = ProgramOptions.DEFAULT.withPrecision(Precision.BF16);
    if (hasBf16()) {
      assertThat(backend().precision(Precision.BF16)).isEqualTo(Precision.BF16);
      try (Program program = backend().compile(network, options)) {
        assertThat(program.info().precision()).isEqualTo(Precision.BF16);
      }
    } else {
      assertThatThrownBy(() -> backend().compile(network, options))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("AVX512-BF16")
          .hasMessageContaining("auto or f32")
          .hasMessageEndingWith("docs/errors.md#precision");
    }
  }

  /**
   * Every kind of layer that the golden models have, among numbers of two types. The networks with
   * gates have random weights that amplify what is rounded; a trained one does not.
   */
  @ParameterizedTest
  @MethodSource("models")
  void answersInBf16NearlyAsKerasDoes(GoldenModels.Case model) {
    try (Program program = bf16(model.network())) {
      float[][] outputs = program.run(FloatBuffer.wrap(model.image()), 1);
      for (int o = 0; o < outputs.length; o++) {
        float[] expected = model.outputs().get(o);
        boolean gates = model.name().matches(".*(efficientnet|mobilenetv3).*");
        double greatest = 0;
        for (float each : expected) {
          greatest = Math.max(greatest, Math.abs(each));
        }
        for (int i = 0; i < expected.length; i++) {
          assertThat((double) outputs[o][i])
              .isCloseTo(expected[i], offset((gates ? 0.25 : 0.05) * greatest));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fullSize")
  void answersInBf16NearlyAsKerasDoesAtFullSize(FullSizeModels.Case model) {
    try (Program program = bf16(model.network())) {
      model
          .probabilities()
          .forEach(
              (seed, probability) -> {
                float[] image = GoldenModels.smoothImage(model.network().inputShape(), seed);
                float answer = program.run(FloatBuffer.wrap(image), 1)[0][0];
                assertThat((double) answer).isCloseTo(probability, offset(0.01));
              });
    }
  }

  /** So that a test of bf16 cannot pass because single precision was used. */
  @Test
  void bf16IsNotSinglePrecision() {
    FullSizeModels.Case model = FullSizeModels.all().findFirst().orElseThrow();
    float[] image = GoldenModels.smoothImage(model.network().inputShape(), 1);
    try (Program exact = backend().compile(model.network(), ProgramOptions.DEFAULT);
        Program program = bf16(model.network())) {
      assertThat(program.run(FloatBuffer.wrap(image), 1)[0][0])
          .isNotEqualTo(exact.run(FloatBuffer.wrap(image), 1)[0][0]);
    }
  }

  /**
   * With ranges of the very image. Random weights amplify what is rounded, those of networks with
   * gates most; trained ones do so less.
   */
  @ParameterizedTest
  @MethodSource("models")
  void answersInInt8NearlyAsKerasDoes(GoldenModels.Case model) {
    try (Program program = int8(model.network(), model.image())) {
      float[][] outputs = program.run(FloatBuffer.wrap(model.image()), 1);
      for (int o = 0; o < outputs.length; o++) {
        float[] expected = model.outputs().get(o);
        double square = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
          square += (double) expected[i] * expected[i];
          error += Math.pow(outputs[o][i] - expected[i], 2);
        }
        boolean gates = model.name().matches(".*(efficientnet|mobilenetv3).*");
        assertThat(Math.sqrt(error))
            .isLessThanOrEqualTo((gates ? 0.45 : 0.15) * coarseness() * Math.sqrt(square));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fullSize")
  void answersInInt8NearlyAsKerasDoesAtFullSize(FullSizeModels.Case model) {
    float[][] images =
        model.probabilities().keySet().stream()
            .map(seed -> GoldenModels.smoothImage(model.network().inputShape(), seed))
            .toArray(float[][]::new);
    try (Program program = int8(model.network(), images)) {
      int next = 0;
      for (double probability : model.probabilities().values()) {
        float answer = program.run(FloatBuffer.wrap(images[next++]), 1)[0][0];
        assertThat((double) answer)
            .isCloseTo(probability, offset(0.03 * coarseness()))
            .isNotEqualTo(probability);
      }
    }
  }

  @Test
  void int8WithoutRangesIsAnErrorThatSaysWhatToDo() {
    assumeTrue(hasInt8(), "skipped: the processor lacks AVX2");
    Network network = SmallCnn.reference().build(new KerasInitializer(5));
    ProgramOptions options = ProgramOptions.DEFAULT.withPrecision(Precision.INT8);
    assertThatThrownBy(() -> backend().compile(network, options))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("unmask quantize --model MODEL --data DIR")
        .hasMessageEndingWith("docs/errors.md#precision");
  }

  @Test
  void int8NeedsAvx2() {
    assertThat(Processor.multipliesInt8(0)).isFalse();
    assertThat(Processor.multipliesInt8(dnnl.dnnl_cpu_isa_sse41)).isFalse();
    assertThat(Processor.multipliesInt8(dnnl.dnnl_cpu_isa_avx2)).isTrue();
    assertThat(Processor.addsUpInt8(dnnl.dnnl_cpu_isa_avx2)).isFalse();
    assertThat(Processor.addsUpInt8(dnnl.dnnl_cpu_isa_avx2_vnni)).isTrue();
    assertThat(Processor.addsUpInt8(dnnl.dnnl_cpu_isa_avx512_core)).isFalse();
    assertThat(Processor.addsUpInt8(dnnl.dnnl_cpu_isa_avx512_core_vnni)).isTrue();
  }

  /** Without VNNI weights have a bit less. */
  private static double coarseness() {
    return Processor.addsUpInt8(OneDnn.instructions()) ? 1 : 2;
  }

  private static boolean hasInt8() {
    OneDnn.load();
    return Processor.multipliesInt8(OneDnn.instructions());
  }

  private Program int8(Network network, float[]... images) {
    assumeTrue(hasInt8(), "skipped: the processor lacks AVX2");
    return backend()
        .compile(
            network,
            ProgramOptions.DEFAULT
                .withPrecision(Precision.INT8)
                .withRanges(MeasuredRanges.of(backend(), network, images)));
  }

  private static boolean hasBf16() {
    OneDnn.load();
    return Processor.multipliesBf16(OneDnn.instructions());
  }

  private Program bf16(Network network) {
    assumeTrue(hasBf16(), "skipped: the processor lacks AVX512-BF16");
    return backend().compile(network, ProgramOptions.DEFAULT.withPrecision(Precision.BF16));
  }
}
