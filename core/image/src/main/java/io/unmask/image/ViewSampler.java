package io.unmask.image;

import io.unmask.spi.Face;
import io.unmask.spi.ImageSize;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Photo;
import io.unmask.spi.PhotoPreprocessor;
import io.unmask.spi.Region;
import io.unmask.spi.Views;
import io.unmask.spi.Views.View;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Makes the images of a part of a photo that a network is shown. Immutable, and thread-safe if the
 * preprocessor is.
 *
 * @param preprocessor the preprocessor that samples
 * @param views the views of the part
 * @param format the format that the network reads; square if there are windows
 */
public record ViewSampler(PhotoPreprocessor preprocessor, Views views, InputFormat format) {

  private static final View.Resize SHRUNK = new View.Resize(View.Resampling.ANTIALIASED);

  /**
   * Checks that the format fits the views.
   *
   * @throws IllegalArgumentException if there are windows and the network does not read square
   *     images
   */
  public ViewSampler {
    boolean windows = views.views().stream().anyMatch(View.Windows.class::isInstance);
    if (windows && format.height() != format.width()) {
      throw new IllegalArgumentException(
          "windows are squares, but the network reads images %d high and %d wide"
              .formatted(format.height(), format.width()));
    }
  }

  /**
   * Writes all images of a part into the target, in the order of the views.
   *
   * @param part the whole photo or a part of it
   * @param target must have room for {@link Views#images} images
   */
  public void put(Photo photo, Region part, FloatBuffer target) {
    put(photo, margin -> part, target);
  }

  /**
   * Writes all images of a face into the target, in the order of the views.
   *
   * @param face the box of the face in the photo
   * @param target must have room for {@link Views#images} images
   */
  public void put(Photo photo, Face.Box face, FloatBuffer target) {
    put(photo, around(photo.size(), face), target);
  }

  private void put(Photo photo, DoubleFunction<Region> parts, FloatBuffer target) {
    Region part = parts.apply(views.margin());
    for (View view : views.views()) {
      if (view instanceof View.Windows windows) {
        for (Region square : Windows.over(photo.size(), part, windows.count(), format.width())) {
          preprocessor.window(photo, square, format, target);
        }
      } else if (view instanceof View.Framed framed) {
        preprocessor.resize(photo, parts.apply(framed.margin()), SHRUNK, format, target);
      } else {
        preprocessor.resize(photo, part, (View.Resize) view, format, target);
      }
    }
  }

  /**
   * Returns where the images of a part lie in their photo, in the order of the views.
   *
   * @param photo the photo's size
   * @param part the whole photo or a part of it
   */
  public static List<ViewPlace> places(
      Views views, InputFormat format, ImageSize photo, Region part) {
    return places(views, format, photo, margin -> part);
  }

  /**
   * Returns where the images of a face lie in their photo, in the order of the views.
   *
   * @param photo the photo's size
   * @param face the box of the face in the photo
   */
  public static List<ViewPlace> places(
      Views views, InputFormat format, ImageSize photo, Face.Box face) {
    return places(views, format, photo, around(photo, face));
  }

  private static List<ViewPlace> places(
      Views views, InputFormat format, ImageSize photo, DoubleFunction<Region> parts) {
    Region part = parts.apply(views.margin());
    List<ViewPlace> places = new ArrayList<>();
    for (View view : views.views()) {
      if (view instanceof View.Windows windows) {
        for (Region square : Windows.over(photo, part, windows.count(), format.width())) {
          places.add(new ViewPlace(square, format, true, false));
        }
      } else if (view instanceof View.Framed framed) {
        places.add(new ViewPlace(parts.apply(framed.margin()), format, false, false));
      } else {
        Region shown =
            ((View.Resize) view).cropped() ? part.croppedTo(format.height(), format.width()) : part;
        places.add(new ViewPlace(shown, format, false, false));
      }
    }
    return places;
  }

  /** What is shown of a face with a margin. */
  private static DoubleFunction<Region> around(ImageSize photo, Face.Box face) {
    return margin -> FaceSquare.around(photo, face, margin);
  }
}
