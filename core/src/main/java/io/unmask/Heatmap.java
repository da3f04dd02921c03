package io.unmask;

import io.unmask.spi.Region;
import java.util.Arrays;

/**
 * Which places of a face, or of a photo, speak for fake and which for real: what each adds to the
 * logit of the probability, {@code ln p - ln(1 - p)}, in which evidence adds up. Above 0 is towards
 * fake, below 0 towards real. Immutable.
 *
 * <p>It says what the network looked at, not what is wrong with the picture, and it is no proof: a
 * network that looks at textures and noise finds them where nobody sees anything. A place of a
 * network's feature map has seen what lies around it too, so that the map is no sharper than that.
 */
public final class Heatmap {

  /** How it was made. */
  public enum Method {
    /**
     * The network was taken apart: each place has exactly what it adds, and all of them and the
     * bias are the logit.
     */
    EXACT,
    /**
     * The networks were taken apart, but what they say is not averaged as logits, so that each
     * image and each model counts by how much a small change of it would change the result. What
     * that leaves over is in the bias.
     */
    FIRST_ORDER,
    /**
     * Approximate: each place was covered with grey, one after the other, and has what the logit
     * lost. What that does not explain is in the bias.
     */
    OCCLUSION
  }

  private final Region region;
  private final int rows;
  private final double[] contributions;
  private final double bias;
  private final Method method;

  /** Takes the array over, which must not change. */
  Heatmap(Region region, int rows, double[] contributions, double bias, Method method) {
    this.region = region;
    this.rows = rows;
    this.contributions = contributions;
    this.bias = bias;
    this.method = method;
  }

  /**
   * What of the photo the map covers, in pixels of the photo as it was judged: where faces are
   * judged, as it is shown. Of a face that is the square that the network was shown, and beyond it
   * if it was shown more.
   */
  public Region region() {
    return region;
  }

  /** How many rows of places the region is divided into, evenly. */
  public int rows() {
    return rows;
  }

  /** How many columns of places the region is divided into, evenly. */
  public int columns() {
    return contributions.length / rows;
  }

  /**
   * What a place adds to the logit.
   *
   * @param row from the top, from 0
   * @param column from the left, from 0
   * @throws IndexOutOfBoundsException if there is no such place
   */
  public double contribution(int row, int column) {
    if (column < 0 || column >= columns()) {
      throw new IndexOutOfBoundsException("there are " + columns() + " columns, not " + column);
    }
    return contributions[row * columns() + column];
  }

  /** What all places add together. */
  public double total() {
    return Arrays.stream(contributions).sum();
  }

  /** What no place adds: what the logit would be without them. */
  public double bias() {
    return bias;
  }

  /** The logit of the probability of fake: the bias and what all places add. */
  public double logit() {
    return bias + total();
  }

  /** How the map was made. */
  public Method method() {
    return method;
  }

  /** Size, place and logit, such as {@code 29 x 29 over 400 x 400 at (10, 20), logit -1.20}. */
  @Override
  public String toString() {
    return "%d x %d over %s, logit %.2f".formatted(columns(), rows, region, logit());
  }
}
