package io.unmask.image;

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

/**
 * Makes the images that a network is shown of a part of a photo. Immutable, and thread-safe if the
 * preprocessor is.
 *
 * @param preprocessor samples
 * @param views how
 * @param format what the network reads; square if there are windows
 */
public record ViewSampler(PhotoPreprocessor preprocessor, Views views, InputFormat format) {

  /**
   * Checks that the format fits the views.
   *
   * @throws IllegalArgumentException if there are windows and the network reads no squares
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
   * Puts all images of a part into the target, in the order of the views.
   *
   * @param part a face's square or the whole photo, within the photo
   * @param target has room for {@link Views#images} images
   */
  public void put(Photo photo, Region part, FloatBuffer target) {
    for (View view : views.views()) {
      if (view instanceof View.Windows windows) {
        for (Region square : Windows.over(photo.size(), part, windows.count(), format.width())) {
          preprocessor.window(photo, square, format, target);
        }
      } else {
        preprocessor.resize(photo, part, (View.Resize) view, format, target);
      }
    }
  }

  /**
   * Where the images of a part lie in their photo, in the order of the views.
   *
   * @param photo the photo's size
   * @param part a face's square or the whole photo, within the photo
   */
  public static List<ViewPlace> places(
      Views views, InputFormat format, ImageSize photo, Region part) {
    List<ViewPlace> places = new ArrayList<>();
    for (View view : views.views()) {
      if (view instanceof View.Windows windows) {
        for (Region square : Windows.over(photo, part, windows.count(), format.width())) {
          places.add(new ViewPlace(square, format, true, false));
        }
      } else {
        Region shown =
            ((View.Resize) view).cropped() ? part.croppedTo(format.height(), format.width()) : part;
        places.add(new ViewPlace(shown, format, false, false));
      }
    }
    return places;
  }
}
