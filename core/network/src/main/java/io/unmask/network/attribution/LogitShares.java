package io.unmask.network.attribution;

import java.util.List;

/**
 * A logit, taken apart.
 *
 * @param maps what the places of each feature map add that the logit depends on
 * @param bias what it would be without them
 */
public record LogitShares(List<ShareMap> maps, double bias) {

  /** Copies the list. */
  public LogitShares {
    maps = List.copyOf(maps);
  }

  /** The logit itself: the bias and what all places add. */
  public double logit() {
    return bias + maps.stream().mapToDouble(ShareMap::sum).sum();
  }
}
