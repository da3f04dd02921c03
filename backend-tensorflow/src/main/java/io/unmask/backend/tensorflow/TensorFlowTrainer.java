package io.unmask.backend.tensorflow;

import io.unmask.error.BackendException;
import io.unmask.error.Explanation;
import io.unmask.network.Network;
import io.unmask.spi.Availability;
import io.unmask.spi.Device;
import io.unmask.spi.EngineFailure;
import io.unmask.spi.Trainable;
import io.unmask.spi.TrainingOptions;
import io.unmask.spi.TrainingSession;

/** Opens training sessions, on a GPU where it can be used. */
final class TensorFlowTrainer implements Trainable {

  private final TensorFlowBackend backend;

  TensorFlowTrainer(TensorFlowBackend backend) {
    this.backend = backend;
  }

  @Override
  public TrainingSession open(Network network, TrainingOptions options) {
    TrainedNetwork trained = TrainedNetwork.of(network, options);
    Device device = options.program().device();
    if (backend.probe(device) instanceof Availability.Unavailable unavailable) {
      throw new BackendException(
          "Backend '%s' cannot be used: %s; %s"
              .formatted(backend.name(), unavailable.reason(), unavailable.remedy()));
    }
    backend.prepare();
    boolean gpu =
        device != Device.CPU && backend.probe(Device.GPU) instanceof Availability.Available;
    try {
      TensorFlowTraining session = new TensorFlowTraining(trained, options, gpu);
      if (device == Device.GPU && !session.runsOnGpu()) {
        session.close();
        throw new BackendException(
            Explanation.GPU,
            "Backend '%s' trains on the CPU although device gpu was asked for: TensorFlow finds no GPU"
                    .formatted(backend.name())
                + " that it can use; set TF_CPP_MIN_LOG_LEVEL=0 to see why, or ask for device cpu",
            null);
      }
      return session;
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
      throw EngineFailure.of(
          "Backend '%s' cannot train network '%s'".formatted(backend.name(), network.name()), e);
    }
  }
}
