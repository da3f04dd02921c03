package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.unmask.error.BackendException;
import io.unmask.network.Network;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class CheckedBackendTest {

  private static final FloatBuffer IMAGES = FloatBuffer.allocate(2 * 4 * 4 * 3);

  private static float[][] run(FakeBackend backend) {
    try (Program program =
        new CheckedBackend(backend).compile(TestModels.network(), ProgramOptions.DEFAULT)) {
      return program.run(IMAGES, 2);
    }
  }

  private static void refused(FakeBackend backend, String how) {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> run(backend))
        .withMessage(
            "backend 'fake' " + how + "; report this to its authors, or choose another backend");
  }

  @Test
  void whatABackendPutsOutIsPassedOn() {
    assertThat(run(FakeBackend.putsOut(0.25f))).isDeepEqualTo(new float[][] {{0.25f, 0.25f}});
  }

  @Test
  void outputsOfAnotherShapeThanTheNetworksAreAnError() {
    refused(
        new FakeBackend(pixels -> new float[][] {{1}, {1}}),
        "puts out 2 arrays for network 'tiny', which has 1 outputs");
    refused(
        FakeBackend.putsOut(),
        "puts out 0 numbers for output 1 of network 'tiny' and 2 images; it should be 2");
    refused(
        FakeBackend.putsOut(1, 1),
        "puts out 4 numbers for output 1 of network 'tiny' and 2 images; it should be 2");
  }

  @Test
  void nullIsAnError() {
    refused(
        new FakeBackend(pixels -> new float[][] {{1}}) {
          @Override
          public Program compile(Network network, ProgramOptions options) {
            return null;
          }
        },
        "returns null from compile()");
  }
}
