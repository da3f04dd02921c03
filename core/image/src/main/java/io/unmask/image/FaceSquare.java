package io.unmask.image;

import io.unmask.spi.Face;
import io.unmask.spi.ImageSize;
import io.unmask.spi.Region;

/** Computes the square of a photo that is shown for a face. */
public final class FaceSquare {

  private FaceSquare() {}

  /**
   * Returns the square around a face, as {@link io.unmask.spi.Views#margin} describes it.
   *
   * @param photo the photo's size
   * @param box the face's box in the photo; it may reach beyond the photo
   * @param margin how much of the surroundings is shown on each side, as a multiple of the box's
   *     longer side, above -0.5; below 0 the square is within the box
   * @return a square within the photo
   */
  public static Region around(ImageSize photo, Face.Box box, double margin) {
    double wanted = Math.max(1, box.side() * (1 + 2 * margin));
    int side = (int) Math.min(Math.round(wanted), Math.min(photo.width(), photo.height()));
    return new Region(
        start((box.left() + box.right()) / 2, side, photo.width()),
        start((box.top() + box.bottom()) / 2, side, photo.height()),
        side,
        side);
  }

  private static int start(double middle, int side, int size) {
    return (int) Math.max(0, Math.min(Math.round(middle - side / 2.0), size - side));
  }
}
