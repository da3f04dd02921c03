package io.unmask.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What of a photo a network is shown. Immutable.
 *
 * @param faces whether it is shown faces, or else the whole picture
 * @param margin how much of its surroundings belongs to a face: what is shown is a square around
 *     the middle of the face's box whose side is the longer side of the box times {@code 1 + 2 *
 *     margin}, moved into the photo where it would leave it, and as small as the photo at most
 * @param minFace a face whose box has a longer side of fewer pixels than this is too small for a
 *     verdict; 0 if none is
 * @param views how that is shown, at least one; what the network says of several views is averaged
 *     as logits
 * @param outputs for each view the name of the network's output that judges it; empty if each
 *     output judges all views
 */
public record Views(
    boolean faces, double margin, int minFace, List<View> views, List<String> outputs) {

  /** The most images that one face or picture is shown as. */
  public static final int MAX_IMAGES = 64;

  /**
   * The margin of faces where nobody says another: about that of head-and-shoulders crops such as
   * FFHQ's, on which many detectors are trained.
   */
  public static final double DEFAULT_MARGIN = 0.5;

  /** The greatest margin. */
  public static final double MAX_MARGIN = 10;

  /** The whole image, resized as the reference does it. */
  public static final Views WHOLE_IMAGE =
      new Views(false, DEFAULT_MARGIN, 0, List.of(new View.Resize(View.Resampling.BILINEAR)));

  /** One way in which a part of a photo becomes images for a network. */
  public sealed interface View {

    /** How many images it makes. */
    default int images() {
      return 1;
    }

    /** In words, such as {@code resized}. */
    String words();

    /**
     * The part as a whole, resized to what the network reads.
     *
     * @param resampling how
     * @param cropped whether the part is first cropped, as {@link Region#croppedTo} does it, or
     *     else stretched
     */
    record Resize(Resampling resampling, boolean cropped) implements View {
      /** Stretched. */
      public Resize(Resampling resampling) {
        this(resampling, false);
      }

      @Override
      public String words() {
        String how =
            switch (resampling) {
              case BILINEAR -> "resized";
              case ANTIALIASED -> "shrunk with all pixels";
              case NEAREST -> "resized to the nearest pixels";
              case PILLOW_BILINEAR -> "resized as Pillow does it";
              case AREA -> "resized by area";
            };
        return cropped ? "cropped and " + how : how;
      }
    }

    /**
     * A face with a margin of its own, shrunk with all pixels; the part as a whole if that is no
     * face.
     *
     * @param margin how much of its surroundings belongs to it, as {@link Views#margin}, in [0, 10]
     */
    record Framed(double margin) implements View {
      /**
       * Checks the range.
       *
       * @throws IllegalArgumentException if the margin is out of its range
       */
      public Framed {
        if (!(margin >= 0 && margin <= MAX_MARGIN)) {
          throw new IllegalArgumentException("a margin lies in [0, 10], not " + margin);
        }
      }

      @Override
      public String words() {
        return "shrunk with a margin of " + margin;
      }
    }

    /**
     * Squares of what the network reads, copied from the photo at its own resolution, spread over
     * the part.
     *
     * @param count how many, 1..{@value #MAX_IMAGES}
     */
    record Windows(int count) implements View {
      /**
       * Checks the range.
       *
       * @throws IllegalArgumentException if there are too few or too many
       */
      public Windows {
        if (count < 1 || count > MAX_IMAGES) {
          throw new IllegalArgumentException("windows are 1.." + MAX_IMAGES + ", not " + count);
        }
      }

      @Override
      public int images() {
        return count;
      }

      @Override
      public String words() {
        return count == 1 ? "one window of its pixels" : count + " windows of its pixels";
      }
    }

    /** How pixels are made of others. */
    enum Resampling {
      /**
       * Interpolated between the nearest four, as the reference does: TensorFlow's {@code
       * tf.image.resize}, and so Keras's {@code image_dataset_from_directory}.
       */
      BILINEAR,
      /** The same, but where a picture is shrunk all of its pixels count. */
      ANTIALIASED,
      /**
       * The nearest pixel, as Pillow finds it: what Keras's {@code load_img} and {@code
       * ImageDataGenerator} do unless they are told otherwise.
       */
      NEAREST,
      /** Antialiased and rounded to whole levels: Pillow's {@code BILINEAR}. */
      PILLOW_BILINEAR,
      /** The mean of the area that a pixel covers: OpenCV's {@code INTER_AREA}. */
      AREA
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Views {
    views = List.copyOf(views);
    outputs = List.copyOf(outputs);
    if (!(margin >= 0 && margin <= MAX_MARGIN)) {
      throw new IllegalArgumentException("a margin lies in [0, 10], not " + margin);
    }
    if (minFace < 0) {
      throw new IllegalArgumentException("minFace is a number of pixels, not " + minFace);
    }
    int images = images(views);
    if (images < 1 || images > MAX_IMAGES) {
      throw new IllegalArgumentException(
          "views make 1..%d images, not %d".formatted(MAX_IMAGES, images));
    }
    if (!outputs.isEmpty() && outputs.size() != views.size()) {
      throw new IllegalArgumentException(
          outputs.size() + " outputs for " + views.size() + " views, expected one each, or none");
    }
  }

  /**
   * Views that each output of the network judges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Views(boolean faces, double margin, int minFace, List<View> views) {
    this(faces, margin, minFace, views, List.of());
  }

  /** How many images the network is shown of one face or picture. */
  public int images() {
    return images(views);
  }

  /**
   * The images that an output judges, counted from 0 in the order of the views; empty if it judges
   * all.
   *
   * @param output its name
   */
  public List<Integer> imagesOf(String output) {
    List<Integer> images = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < views.size(); i++) {
      for (int image = 0; image < views.get(i).images(); image++, next++) {
        if (!outputs.isEmpty() && outputs.get(i).equals(output)) {
          images.add(next);
        }
      }
    }
    return images;
  }

  /** The same views of faces. */
  public Views ofFaces() {
    return new Views(true, margin, minFace, views, outputs);
  }

  /** The same views of the whole picture. */
  public Views ofWholeImage() {
    return new Views(false, margin, minFace, views, outputs);
  }

  /** In words, such as {@code faces with a margin of 0.5, resized}. */
  @Override
  public String toString() {
    String part =
        faces
            ? "faces with a margin of %s%s"
                .formatted(margin, minFace == 0 ? "" : ", from %d pixels on".formatted(minFace))
            : "the whole image";
    return part
        + ", "
        + IntStream.range(0, views.size())
            .mapToObj(this::words)
            .collect(Collectors.joining(" and "));
  }

  private String words(int view) {
    String words = views.get(view).words();
    return outputs.isEmpty() ? words : "%s (output '%s')".formatted(words, outputs.get(view));
  }

  private static int images(List<View> views) {
    return views.stream().mapToInt(View::images).sum();
  }
}
