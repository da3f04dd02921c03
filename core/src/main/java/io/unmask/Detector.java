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
 * is closed, so use it in a try-with-resources statement; it is thread-safe, and any number of
 * threads get the same results, bit for bit, as one.
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
 *   <li>{@link io.unmask.error.ModelFormatException} if the model puts out what is no probability,
 *   <li>{@link IllegalStateException} if the detector is closed.
 * </ul>
 *
 * <p>Detectors are opened by a {@link DetectorProvider}; that of this artifact runs a network on a
 * backend of this machine. A program may implement the interface itself, to decorate a detector or
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

  /** Starts to configure a detector. */
  static DetectorBuilder builder() {
    return new DetectorBuilder();
  }

  /** Classifies the bytes of an image file, which have a name for messages. */
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
   * Classifies a decoded image. Its levels of red, green, blue and grey are taken as they are
   * stored, as from a file: transparency is ignored, not blended, no colour profile is applied, and
   * of 16 bits the upper 8 are kept.
   *
   * @throws NullPointerException if there is none; {@link javax.imageio.ImageIO#read} returns null
   *     for formats that it cannot read
   */
  Classification classify(BufferedImage image);

  /**
   * Classifies an image that already has the size and scaling that the network reads, as {@link
   * DetectorInfo#input} says; of a model that is shown several images of a face, all of them, one
   * behind the other, as {@link DetectorInfo#views} says. Nobody knows what it was before, so the
   * only warning is of floats that seem to be scaled otherwise, and no faces are looked for.
   *
   * @param image {@code [height, width, 3]} floats in row-major order, usually in [0, 1]
   * @throws IllegalArgumentException if the number of floats is another, or one of them is NaN or
   *     infinite
   */
  Classification classify(float[] image);

  /**
   * Classifies image files in order, as the resulting stream is consumed, like {@link
   * #classifyAll(Stream, Function)}. On the CPU the results are those of {@link #classify(Path)},
   * bit for bit; on a GPU they may differ in the last bits.
   */
  default Stream<Outcome<Path>> classifyAll(Stream<Path> files) {
    return classifyAll(files, EncodedImage::read);
  }

  /**
   * Classifies images from anywhere in order, as the resulting stream is consumed. One that cannot
   * be classified is a result and does not end the stream.
   *
   * <p>The detectors of this artifact read and decode images ahead on other threads. The given
   * stream is read on those threads too, one element at a time, and {@code reader} is called there,
   * for several at a time. The images that are decoded by then go to the engine together if it is
   * faster so ({@link io.unmask.spi.Program#preferredBatch}); none waits for a batch to be full. If
   * the engine fails on a batch, its images are run one by one.
   *
   * <p>However many images there are, and they may be endless, at most four are being decoded at a
   * time, and at most eight images and three batches are held ready for the network. A batch of
   * several images takes at most 32 MiB. Faces are looked for on the threads that decode. At most
   * four faces of a photo are held ready, with the decoded photo if it has more, however many it
   * has.
   *
   * <p>Closing the resulting stream stops the work, and closes the given one; it need not be closed
   * when it was consumed to its end.
   *
   * @param sources what the images are known by, such as keys of an object store
   * @param reader fetches the bytes of one. A {@link DetectorException} that it throws, such as a
   *     {@link io.unmask.error.ImageException}, is the outcome of that image; any other exception
   *     ends the stream
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
   * Classifies the bytes of an image file, and says which places of it the network's answer hangs
   * on.
   *
   * <p>The first call compiles a second network, up to the feature maps, which is held until the
   * detector is closed; the model's files are read again for it. Where a network cannot be taken
   * apart ({@link Heatmap.Method#OCCLUSION}) it is run some 64 times for each image that it is
   * shown.
   */
  ExplainedPhoto explain(EncodedImage image);

  /** The same for an image file. */
  default ExplainedPhoto explain(Path file) {
    Objects.requireNonNull(file, "file");
    return explain(EncodedImage.read(file));
  }

  /** The same for the bytes of an image file. */
  default ExplainedPhoto explain(byte[] encoded) {
    Objects.requireNonNull(encoded, "encoded");
    return explain(new EncodedImage(EncodedImage.NAMELESS, encoded));
  }

  /** The same for an image file that is read from the stream to its end. The stream stays open. */
  default ExplainedPhoto explain(InputStream stream) {
    Objects.requireNonNull(stream, "stream");
    return explain(ImageBytes.read(stream, EncodedImage.NAMELESS));
  }

  /** The same for a decoded image. Transparency is ignored, not blended. */
  ExplainedPhoto explain(BufferedImage image);

  /** What the detector consists of. May be called when it is closed. */
  DetectorInfo info();

  /**
   * Releases everything native, once the calls under way on other threads have returned. May be
   * called again without effect.
   */
  @Override
  void close();
}
