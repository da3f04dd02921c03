package io.unmask.image;

import io.unmask.spi.ImageSize;
import io.unmask.spi.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses windows, which are squares of a photo's own pixels, spread over a face and its
 * surroundings. The traces in a generated picture are a matter of neighbouring pixels, and any
 * resampling blurs them.
 */
public final class Windows {

  private Windows() {}

  /**
   * Chooses windows; the same arguments always give the same ones.
   *
   * <p>A single window lies in the middle of the face. Several form a grid, row by row, as square
   * as their number allows. The outermost windows end where the face ends: four lie in its corners.
   * If the face is smaller than one and a half windows, the grid extends over that much of its
   * surroundings. A grid that would leave the photo is moved into it, but every window still
   * contains the middle of the face, unless the face is larger.
   *
   * <p>If a photo is smaller than a window in one dimension, the regions cover it completely in
   * that dimension, and so are smaller than {@code side} there; {@link
   * io.unmask.spi.PhotoPreprocessor#window} continues them. If there is no room for different
   * regions, the same one is returned several times.
   *
   * @param photo the photo's size
   * @param face the face with the wanted margin, within the photo
   * @param count the number of windows, at least 1
   * @param side the side of a window in pixels, at least 1
   * @return {@code count} regions, each within the photo
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static List<Region> over(ImageSize photo, Region face, int count, int side) {
    if (count < 1 || side < 1) {
      throw new IllegalArgumentException(
          "windows have a number and a side from 1 on, not " + count + " and " + side);
    }
    face.checkWithin(photo);
    int columns = (int) Math.ceil(Math.sqrt(count));
    int rows = (count + columns - 1) / columns;
    int width = Math.min(side, photo.width());
    int height = Math.min(side, photo.height());
    List<Region> windows = new ArrayList<>(count);
    for (int row = 0; row < rows; row++) {
      int top = start(new Axis(face.top(), face.height(), photo.height(), side), row, rows);
      int inRow = Math.min(columns, count - row * columns);
      for (int column = 0; column < inRow; column++) {
        int left = start(new Axis(face.left(), face.width(), photo.width(), side), column, inRow);
        windows.add(new Region(left, top, width, height));
      }
    }
    return windows;
  }

  /**
   * One dimension.
   *
   * @param start of the face
   * @param length of the face
   * @param size of the photo
   * @param side of a window
   */
  private record Axis(int start, int length, int size, int side) {}

  /** Where the window of this index lies, of some that are spread evenly. */
  private static int start(Axis axis, int index, int count) {
    if (axis.side >= axis.size) {
      return 0;
    }
    long wanted = count == 1 ? axis.side : Math.max(axis.length, axis.side + axis.side / 2L);
    long extent = Math.min(wanted, axis.size);
    long twiceMiddle = 2L * axis.start + axis.length;
    long first = clamp(Math.floorDiv(twiceMiddle - extent, 2), 0, axis.size - extent);
    long start = count == 1 ? first : first + (extent - axis.side) * index / (count - 1);
    // A grid that moved into the photo may have left a small face behind.
    long middle = twiceMiddle / 2;
    long least = Math.min(axis.start, middle - axis.side + 1);
    long most = Math.max((long) axis.start + axis.length - axis.side, middle);
    return (int) clamp(start, least, most);
  }

  private static long clamp(long value, long least, long most) {
    return Math.max(least, Math.min(most, value));
  }
}
