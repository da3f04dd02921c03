package io.unmask.image;

import io.unmask.spi.ImageDecoder;
import io.unmask.spi.ImageSize;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Photo;
import io.unmask.spi.PhotoPreprocessor;
import io.unmask.spi.Region;
import io.unmask.spi.Views.View.Resize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Decodes and resizes images in Java, to the same floats as TensorFlow, bit for bit.
 *
 * <p>It reads JPEG, PNG, GIF (the first frame), BMP and WebP; the content of a file decides which
 * of them it is. The result is that of {@code tf.image.decode_image(channels=3,
 * expand_animations=False)}, {@code tf.image.resize} (bilinear, half-pixel centres, no
 * antialiasing) and a division. A JPEG is decoded with the accurate DCT, as by {@code
 * tf.io.decode_jpeg(dct_method='INTEGER_ACCURATE')}. Transparency is dropped, not blended; of
 * 16-bit components only the upper 8 bits are used; colour profiles are ignored. BMPs with a colour
 * palette or with masks get the picture's colours, unlike in TensorFlow. A progressive JPEG takes
 * several times as long as a baseline one. {@link #resize} has the other ways of resizing, each
 * with the same pixels as the program that it comes from.
 *
 * <p>Files of other formats are read by the first {@link ImageDecoder} on the class path that can
 * read them. Decoders are searched for when the first such file comes. The limit of pixels in
 * {@link ImageOptions} holds for them too.
 *
 * <p>Thread-safe and immutable. Calls share nothing.
 */
public final class JavaPreprocessor implements PhotoPreprocessor {

  private static final AtomicBoolean PREPARED = new AtomicBoolean();

  private final ImageOptions options;
  private final FurtherFormats further;

  /** Creates a preprocessor with {@link ImageOptions#DEFAULT}. */
  public JavaPreprocessor() {
    this(ImageOptions.DEFAULT, FurtherFormats.ofClassPath());
  }

  private JavaPreprocessor(ImageOptions options, FurtherFormats further) {
    this.options = Objects.requireNonNull(options, "options");
    this.further = further;
  }

  /** Returns a preprocessor that follows the options. */
  public static JavaPreprocessor withOptions(ImageOptions options) {
    return new JavaPreprocessor(options, FurtherFormats.ofClassPath());
  }

  /**
   * Returns this preprocessor with these decoders for further formats, instead of those on the
   * class path. If several can read a file, the first one does.
   */
  public JavaPreprocessor withDecoders(List<ImageDecoder> decoders) {
    return new JavaPreprocessor(options, FurtherFormats.of(decoders));
  }

  /** {@code java}. */
  @Override
  public String name() {
    return "java";
  }

  /**
   * Decodes a JPEG of a few pixels, so that Java has loaded the decoder before the first real one
   * comes.
   */
  @Override
  public void prepare() {
    if (PREPARED.getAndSet(true)) {
      return;
    }
    try {
      JpegDecoder.decode(ChromaRows.probe(), new ImageLimits(options.maxPixels()));
    } catch (IOException | RuntimeException | LinkageError e) {
      // Whoever has a JPEG to decode is told.
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the target has less room than {@link InputFormat#size()}
   */
  @Override
  public ImageSize process(byte[] encoded, String source, InputFormat format, FloatBuffer target) {
    checkRoom(format, target);
    return resize(decode(encoded, source, turnsUpright()), format, target);
  }

  /**
   * {@inheritDoc} Levels are used as they are stored, as with a file: no colour profile is applied,
   * and of 16 bits only the upper 8 are used.
   *
   * @throws IllegalArgumentException if the target has less room than {@link InputFormat#size()}
   */
  @Override
  public ImageSize process(BufferedImage image, InputFormat format, FloatBuffer target) {
    checkRoom(format, target);
    return resize(decode(image), format, target);
  }

  private static ImageSize resize(Photo photo, InputFormat format, FloatBuffer target) {
    BilinearResize.resize(GreyPhoto.of(photo, format.order()), photo.whole(), format, target);
    return photo.size();
  }

  /** {@inheritDoc} This is {@link ImageOptions#applyExifOrientation}. */
  @Override
  public boolean turnsUpright() {
    return options.applyExifOrientation();
  }

  @Override
  public Photo decode(BufferedImage image) {
    return DecodedPhoto.of(image);
  }

  @Override
  public void sample(Photo photo, Region region, InputFormat format, FloatBuffer target) {
    checkRoom(format, target);
    Photo seen = GreyPhoto.of(photo, format.order());
    BilinearResize.resize(seen, region.checkWithin(photo.size()), format, target);
  }

  @Override
  public void shrink(Photo photo, Region region, InputFormat format, FloatBuffer target) {
    checkRoom(format, target);
    Photo seen = GreyPhoto.of(photo, format.order());
    TriangleResize.resize(seen, region.checkWithin(photo.size()), format, target);
  }

  @Override
  public void window(Photo photo, Region region, InputFormat format, FloatBuffer target) {
    checkRoom(format, target);
    if (region.width() > format.width() || region.height() > format.height()) {
      throw new IllegalArgumentException(
          "a window of %d x %d has no room for %s"
              .formatted(format.width(), format.height(), region));
    }
    Photo seen = GreyPhoto.of(photo, format.order());
    WindowCopy.copy(seen, region.checkWithin(photo.size()), format, target);
  }

  /** {@inheritDoc} This preprocessor has all ways. */
  @Override
  public void resize(Photo photo, Region part, Resize how, InputFormat format, FloatBuffer target) {
    checkRoom(format, target);
    part.checkWithin(photo.size());
    Region shown = how.cropped() ? part.croppedTo(format.height(), format.width()) : part;
    Photo seen = GreyPhoto.of(photo, format.order());
    switch (how.resampling()) {
      case BILINEAR -> BilinearResize.resize(seen, shown, format, target);
      case ANTIALIASED -> TriangleResize.resize(seen, shown, format, target);
      case NEAREST -> NearestResize.resize(seen, shown, format, target);
      case PILLOW_BILINEAR -> PillowResize.resize(seen, part, shown, format, target);
      case AREA -> AreaResize.resize(seen, shown, format, target);
    }
  }

  private static void checkRoom(InputFormat format, FloatBuffer target) {
    if (target.remaining() < format.size()) {
      throw new IllegalArgumentException(
          "target has room for " + target.remaining() + " floats, expected " + format.size());
    }
  }

  @Override
  public Photo decode(byte[] encoded, String source, boolean upright) {
    ImageLimits limits = new ImageLimits(options.maxPixels());
    ImageFile file = new ImageFile(encoded, source, further);
    try {
      return DecodedPhoto.of(file.decode(limits), upright);
    } catch (OutOfMemoryError e) {
      throw file.needsMemory(e); // for turning it
    }
  }
}
