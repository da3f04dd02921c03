package io.unmask.service;

/** Answers the requests of one address. */
interface Endpoint {

  /** Answers, now or later on another thread. */
  void answer(Call call);
}
