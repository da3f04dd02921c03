package io.unmask.backend.tensorflow;

import io.unmask.spi.Backend;
import io.unmask.testkit.BackendContract;

class TensorFlowBackendTest extends BackendContract {

  private final Backend backend = new TensorFlowBackend();

  @Override
  protected Backend backend() {
    return backend;
  }
}
