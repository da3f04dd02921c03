package io.unmask.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The views of a photo that a network is shown: its faces or the whole picture, and in which ways.
 * Immutable.
 *
 * @param faces whether the network is shown faces; otherwise the whole picture
 * @param margin how much of its surroundings is shown with a face. The network is shown a square
 *     around the middle of the face's box; its side is the longer side of the box times {@code 1 +
 *     2 * margin}. A square that would leave the photo is moved into it; it is never larger than
 *     the photo
 * @param minFace the minimum size of a face for a verdict: the longer side of its box, in pixels; 0
 *     for no minimum
 * @param views the ways in which the face or picture is shown, at least one; the network's results
 *     for several views are averaged as logits
 * @param outputs for each view, the name of the network's output that judges it; empty if each
 *     output judges all views
 */
public record Views(
    boolean faces, double margin, int minFace, List<View> views, List<String> outputs) {

  /** The maximum number of images that one face or picture is shown as. */
  public static final int MAX_IMAGES = 64;

  /**
   * The default margin of faces: about that of head-and-shoulders crops such as FFHQ's, on which
   * many detectors are trained.
   */
  public static final double DEFAULT_MARGIN = 0.5;

  /** The largest margin. */
  public static final double MAX_MARGIN = 10;

  /** The smallest margin of a {@link View.Framed}: a fifth of the face's side is left. */
  public static final double MIN_FRAMED_MARGIN = -0.4;

  /** The whole image, resized as the reference resizes it. */
  public static final Views WHOLE_IMAGE =
      new Views(false, DEFAULT_MARGIN, 0, List.of(new View.Resize(View.Resampling.BILINEAR)));

  // Equality is written out, here and below, for what Java makes of a record at run time costs
  // milliseconds of each start.

  /** One way in which a part of a photo becomes images for a network. */
  public sealed interface View {

    /** The number of images that this view makes. */
    default int images() {
      return 1;
    }

    /** The view in words, such as {@code resized}. */
    String words();

    /**
     * The part as a whole, resized to the size that the network reads.
     *
     * @param resampling the way of resizing
     * @param cropped whether the part is first cropped, as {@link Region#croppedTo} does; otherwise
     *     it is stretched
     */
    record Resize(Resampling resampling, boolean cropped) implements View {
      /** Resizes by stretching. */
      public Resize(Resampling resampling) {
        this(resampling, false);
      }

      @Override
      public boolean equals(@Nullable Object other) {
        return other instanceof Resize that
            && resampling == that.resampling
            && cropped == that.cropped;
      }

      @Override
      public int hashCode() {
        return Objects.hash(resampling, cropped);
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
     * A face with a margin of its own, resized with all pixels. If the part is not a face, the part
     * as a whole.
     *
     * @param margin how much of its surroundings is shown with the face, as {@link Views#margin},
     *     in [-0.4, 10]; below 0 it is the middle of the face
     */
    record Framed(double margin) implements View {
      /**
       * Checks the range.
       *
       * @throws IllegalArgumentException if the margin is out of its range
       */
      public Framed {
        if (!(margin >= MIN_FRAMED_MARGIN && margin <= MAX_MARGIN)) {
          throw new IllegalArgumentException(
              "the margin of a view lies in [-0.4, 10], not " + margin);
        }
      }

      @Override
      public boolean equals(@Nullable Object other) {
        return other instanceof Framed that && Double.compare(margin, that.margin) == 0;
      }

      @Override
      public int hashCode() {
        return Double.hashCode(margin);
      }

      @Override
      public String words() {
        if (margin < 0) {
          return "its middle, with a margin of " + margin;
        }
        return margin == 0 ? "the face alone, shrunk" : "shrunk with a margin of " + margin;
      }
    }

    /**
     * Windows of the size that the network reads, copied from the photo at its own resolution and
     * spread over the part.
     *
     * @param count the number of windows, 1..{@value #MAX_IMAGES}
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
      public boolean equals(@Nullable Object other) {
        return other instanceof Windows that && count == that.count;
      }

      @Override
      public int hashCode() {
        return count;
      }

      @Override
      public String words() {
        return count == 1 ? "one window of its pixels" : count + " windows of its pixels";
      }
    }

    /** Ways of resizing. */
    enum Resampling {
      /**
       * Interpolated between the nearest four, as the reference does: TensorFlow's {@code
       * tf.image.resize}, and so Keras's {@code image_dataset_from_directory}.
       */
      BILINEAR,
      /** The same, but when a picture is shrunk, all of its pixels count. */
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
   * Makes views that all outputs of the network judge.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Views(boolean faces, double margin, int minFace, List<View> views) {
    this(faces, margin, minFace, views, List.of());
  }

  /** The number of images of one face or picture that the network is shown. */
  public int images() {
    return images(views);
  }

  /**
   * Returns the images that an output judges, counted from 0 in the order of the views; empty if it
   * judges all.
   *
   * @param output the name of the output
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

  /** Returns the same views for faces. */
  public Views ofFaces() {
    return new Views(true, margin, minFace, views, outputs);
  }

  /** Returns the same views for the whole picture. */
  public Views ofWholeImage() {
    return new Views(false, margin, minFace, views, outputs);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Views that
        && faces == that.faces
        && Double.compare(margin, that.margin) == 0
        && minFace == that.minFace
        && views.equals(that.views)
        && outputs.equals(that.outputs);
  }

  @Override
  public int hashCode() {
    return Objects.hash(faces, margin, minFace, views, outputs);
  }

  /** The views in words, such as {@code faces with a margin of 0.5, resized}. */
  @Override
  public String toString() {
    String part =
        faces
            ? "faces with %s%s"
                .formatted(
                    margin == 0 ? "no margin" : "a margin of " + margin,
                    minFace == 0 ? "" : ", from %d pixels on".formatted(minFace))
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
