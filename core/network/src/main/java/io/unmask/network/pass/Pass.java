package io.unmask.network.pass;

import io.unmask.network.Network;

/** A rewrite that leaves what a network computes at inference as it is. */
@FunctionalInterface
public interface Pass {

  /** Returns the rewritten network, or the same one if there was nothing to do. */
  Network apply(Network network);

  /** This pass, then another. */
  default Pass then(Pass next) {
    return network -> next.apply(apply(network));
  }
}
