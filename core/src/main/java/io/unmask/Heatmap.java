package io.unmask;

import io.unmask.spi.Region;
import java.util.Arrays;

/**
 * A map that shows which places of a face, or of a photo, speak for fake and which for real. The
 * value of a place is what it adds to the logit of the probability, {@code ln p - ln(1 - p)}, on
 * whose scale evidence adds up. Values above 0 speak for fake, values below 0 for real. Immutable.
 *
 * <p>The map shows what the network looked at, not what is wrong with the picture, and it is no
 * proof: a network that looks at textures and noise finds them where people see nothing. A place of
 * a network's feature map has also seen what lies around it; the map is no sharper than that.
 */
public final class Heatmap {

  /** How a map was made. */
  public enum Method {
    /**
     * The network was taken apart: the value of each place is exactly what it adds, and the sum of
     * all places and the bias is the logit.
     */
    EXACT,
    /**
     * The networks were taken apart, but their results are not averaged as logits. So the weight of
     * each image and each model is how much a small change of it would change the result. The
     * remainder is in the bias.
     */
    FIRST_ORDER,
    /**
     * Approximate: one place after the other was covered with the image's mean colour, and its
     * value is what the logit lost. What that does not explain is in the bias.
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
   * The part of the photo that the map covers, in pixels of the photo as it was judged; if faces
   * are judged, of the photo as it is shown. For a face, this is the square that the network was
   * shown, or more if the network was shown more.
   */
  public Region region() {
    return region;
  }

  /** The number of rows of places; they divide the region evenly. */
  public int rows() {
    return rows;
  }

  /** The number of columns of places; they divide the region evenly. */
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
    if (row < 0 || row >= rows) {
      throw new IndexOutOfBoundsException("there are " + rows + " rows, not " + row);
    }
    if (column < 0 || column >= columns()) {
      throw new IndexOutOfBoundsException("there are " + columns() + " columns, not " + column);
    }
    return contributions[row * columns() + column];
  }

  /** The sum of what all places add. */
  public double total() {
    return Arrays.stream(contributions).sum();
  }

  /** The part of the logit that no place adds: the logit without all places. */
  public double bias() {
    return bias;
  }

  /** The logit of the probability of fake: the bias plus what all places add. */
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
