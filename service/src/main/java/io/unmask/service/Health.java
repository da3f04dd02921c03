package io.unmask.service;

import java.util.function.BooleanSupplier;

/**
 * Says whether the service lives, which it does if it answers, and whether it takes photos.
 *
 * @param ready whether it does
 */
record Health(BooleanSupplier ready) implements Endpoint {

  @Override
  public void answer(Call call) {
    boolean takes = ready.getAsBoolean();
    call.answer(
        takes ? 200 : 503,
        "application/json",
        JsonBytes.object(
            json -> {
              json.writeBooleanField("live", true);
              json.writeBooleanField("ready", takes);
            }));
  }
}
