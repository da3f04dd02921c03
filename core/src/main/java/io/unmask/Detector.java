package io.unmask;

import io.unmask.error.DetectorException;
import io.unmask.image.ImageBytes;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Tells photographs of real faces from generated ones. A detector may hold native memory until it
 * is closed, so use it in a try-with-resources statement. It is thread-safe: any number of threads
 * get the same results, bit for bit, as one thread.
 *
 * <pre>{@code
 * try (Detector detector = Detector.builder().model(Path.of("model.keras")).open()) {
 *   System.out.println(detector.classify(Path.of("face.jpg"))); // FAKE 0.9294
 * }
 * }</pre>
 *
 * <p>The methods that classify throw
 *
 * <ul>
 *   <li>{@link io.unmask.error.ImageException} if the image cannot be read,
 *   <li>{@link io.unmask.error.BackendException} if the engine fails,
 *   <li>{@link io.unmask.error.ModelFormatException} if the model's output is not a probability,
 *   <li>{@link IllegalStateException} if the detector is closed.
 * </ul>
 *
 * <p>A {@link DetectorProvider} opens detectors. The provider of this artifact runs a network on a
 * backend of this machine. A program may implement this interface itself, to decorate a detector or
 * to replace one in its tests.
 */
public interface Detector extends AutoCloseable {

  /**
   * Opens a detector with the bundled default model and the best backend on the class path.
   *
   * @throws DetectorException as {@link DetectorBuilder#open} does
   */
  static Detector open() {
    return builder().open();
  }

  /** Returns a new builder, which configures and opens a detector. */
  static DetectorBuilder builder() {
    return new DetectorBuilder();
  }

  /** Classifies the bytes of an image file, together with a name for messages. */
  Classification classify(EncodedImage image);

  /** Classifies an image file. */
  default Classification classify(Path file) {
    Objects.requireNonNull(file, "file");
    return classify(EncodedImage.read(file));
  }

  /** Classifies the bytes of an image file. */
  default Classification classify(byte[] encoded) {
    Objects.requireNonNull(encoded, "encoded");
    return classify(new EncodedImage(EncodedImage.NAMELESS, encoded));
  }

  /** Classifies an image file that is read from the stream to its end. The stream stays open. */
  default Classification classify(InputStream stream) {
    Objects.requireNonNull(stream, "stream");
    return classify(ImageBytes.read(stream, EncodedImage.NAMELESS));
  }

  /**
   * Classifies a decoded image. Its levels of red, green, blue and grey are used as they are
   * stored, as with a file: transparency is ignored, not blended; no colour profile is applied; of
   * 16 bits only the upper 8 are used.
   *
   * @throws NullPointerException if the image is null; {@link javax.imageio.ImageIO#read} returns
   *     null for formats that it cannot read
   */
  Classification classify(BufferedImage image);

  /**
   * Classifies an image that already has the size and scaling that the network reads (see {@link
   * DetectorInfo#input}). If the model is shown several images of a face (see {@link
   * DetectorInfo#views}), the array holds all of them, one after the other. The original image is
   * not known, so no faces are looked for, and the only possible warning is that the floats seem to
   * be scaled differently.
   *
   * @param image {@code [height, width, 3]} floats in row-major order, usually in [0, 1]
   * @throws IllegalArgumentException if the number of floats is wrong, or one of them is NaN or
   *     infinite
   */
  Classification classify(float[] image);

  /**
   * Classifies image files in order, while the resulting stream is consumed, like {@link
   * #classifyAll(Stream, Function)}. On the CPU the results are those of {@link #classify(Path)},
   * bit for bit; on a GPU they may differ in the last bits.
   */
  default Stream<Outcome<Path>> classifyAll(Stream<Path> files) {
    return classifyAll(files, EncodedImage::read);
  }

  /**
   * Classifies images from anywhere in order, while the resulting stream is consumed. An image that
   * cannot be classified becomes a result with its error, and does not end the stream.
   *
   * <p>The detectors of this artifact read and decode images ahead on other threads. Those threads
   * also read the given stream, one element at a time, and call {@code reader}, for several
   * elements at a time. All images that are decoded so far go to the engine together if that is
   * faster ({@link io.unmask.spi.Program#preferredBatch}); no image waits for a batch to be full.
   * If the engine fails on a batch, its images are run one by one.
   *
   * <p>The memory is bounded however many images there are; the stream may be infinite. At most
   * four images are being decoded at a time, and at most eight images and three batches are held
   * ready for the network. A batch of several images takes at most 32 MiB. The threads that decode
   * also look for faces. At most four faces of a photo are held ready, together with the decoded
   * photo if it has more faces.
   *
   * <p>Closing the resulting stream stops the work and closes the given stream. A stream that was
   * consumed to its end need not be closed.
   *
   * @param sources the names of the images, such as keys of an object store
   * @param reader fetches the bytes of one image. A {@link DetectorException} that it throws, such
   *     as a {@link io.unmask.error.ImageException}, is the outcome of that image; any other
   *     exception ends the stream
   */
  default <T> Stream<Outcome<T>> classifyAll(
      Stream<T> sources, Function<? super T, EncodedImage> reader) {
    Objects.requireNonNull(sources, "sources");
    Objects.requireNonNull(reader, "reader");
    return sources
        .sequential()
        .map(
            source -> {
              try {
                return new Outcome.Classified<>(source, classify(reader.apply(source)));
              } catch (DetectorException e) {
                return new Outcome.Failed<>(source, e);
              }
            });
  }

  /**
   * Classifies the bytes of an image file, and says which places in it led to the network's result.
   *
   * <p>The first call reads the model's files again and compiles a second network from them, up to
   * the feature maps. The detector keeps it until it is closed. If a network cannot be taken apart
   * ({@link Heatmap.Method#OCCLUSION}), it is run some 64 times for each image that it is shown.
   */
  ExplainedPhoto explain(EncodedImage image);

  /** Explains the verdict on an image file. */
  default ExplainedPhoto explain(Path file) {
    Objects.requireNonNull(file, "file");
    return explain(EncodedImage.read(file));
  }

  /** Explains the verdict on the bytes of an image file. */
  default ExplainedPhoto explain(byte[] encoded) {
    Objects.requireNonNull(encoded, "encoded");
    return explain(new EncodedImage(EncodedImage.NAMELESS, encoded));
  }

  /**
   * Explains the verdict on an image file that is read from the stream to its end. The stream stays
   * open.
   */
  default ExplainedPhoto explain(InputStream stream) {
    Objects.requireNonNull(stream, "stream");
    return explain(ImageBytes.read(stream, EncodedImage.NAMELESS));
  }

  /** Explains the verdict on a decoded image. Transparency is ignored, not blended. */
  ExplainedPhoto explain(BufferedImage image);

  /** Describes what the detector consists of. May be called after it is closed. */
  DetectorInfo info();

  /**
   * Releases all native memory, after the calls in progress on other threads have returned. Further
   * calls have no effect.
   */
  @Override
  void close();
}
