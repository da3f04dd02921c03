package io.unmask;

import io.unmask.error.DetectorException;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Tells photographs of real faces from generated ones. A detector holds native memory until it is
 * closed, so use it in a try-with-resources statement; it is thread-safe, and any number of threads
 * get the same results, bit for bit, as one.
 *
 * <p>{@link #open} and {@link #builder} make one that runs networks on a backend. Programs may
 * implement this to decorate such a detector, or in place of one in their tests.
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

  /** Classifies an image file. */
  Classification classify(Path file);

  /** Classifies the bytes of an image file. */
  Classification classify(byte[] encoded);

  /** Classifies an image file that is read from the stream to its end. The stream stays open. */
  Classification classify(InputStream stream);

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
   * Classifies image files in order, as the resulting stream is consumed. A file that cannot be
   * classified is a result and does not end the stream.
   *
   * <p>Images are read and decoded ahead on other threads. The given stream is read on those
   * threads too, one at a time. The images that are decoded by then go to the engine together if it
   * is faster so ({@link io.unmask.spi.Program#preferredBatch}); none waits for a batch to be full.
   * If the engine fails on a batch, its images are run one by one. On the CPU the results are those
   * of {@link #classify(Path)}, bit for bit; on a GPU they may differ in the last bits.
   *
   * <p>However many files there are, and they may be endless, at most four are being decoded at a
   * time, and at most eight images and three batches are held ready for the network. A batch of
   * several images takes at most 32 MiB. Faces are looked for on the threads that decode. At most
   * four faces of a photo are held ready, with the decoded photo if it has more, however many it
   * has.
   *
   * <p>Closing the resulting stream stops the work, and closes the given one; it need not be closed
   * when it was consumed to its end.
   */
  Stream<Outcome> classifyAll(Stream<Path> files);

  /**
   * Classifies an image file, and says which places of it the network's answer hangs on.
   *
   * <p>The first call compiles a second network, up to the feature maps, which is held until the
   * detector is closed; the model's files are read again for it. Where a network cannot be taken
   * apart ({@link Heatmap.Method#OCCLUSION}) it is run some 64 times for each image that it is
   * shown.
   */
  ExplainedPhoto explain(Path file);

  /** The same for the bytes of an image file. */
  ExplainedPhoto explain(byte[] encoded);

  /** The same for an image file that is read from the stream to its end. The stream stays open. */
  ExplainedPhoto explain(InputStream stream);

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
