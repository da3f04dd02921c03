package com.example.plugins;

import io.unmask.spi.Backend;
import io.unmask.testkit.BackendContract;

/** What every backend must do: all of unmask-testkit's tests, on this one. */
class TimedBackendTest extends BackendContract {

  @Override
  protected Backend backend() {
    return new TimedBackend();
  }
}
