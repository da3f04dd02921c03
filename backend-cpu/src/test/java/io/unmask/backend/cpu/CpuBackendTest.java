package io.unmask.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unmask.error.BackendException;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.spi.Availability;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.ProgramOptions;
import io.unmask.testkit.BackendContract;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

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
}
