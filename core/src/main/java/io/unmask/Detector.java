package io.unmask;

import io.unmask.error.DetectorException;
import io.unmask.image.ImageBytes;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Tells photographs of real faces from generated ones. A detector holds native memory until it is
 * closed, so use it in a try-with-resources statement; it is thread-safe, and any number of threads
 * get the same results, bit for bit, as one.
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
public final class Detector implements AutoCloseable {

  private final Subjects subjects;
  private final Inference inference;
  private final Explainer explainer;
  private final DetectorInfo info;

  Detector(Subjects subjects, Inference inference, Explainer explainer, DetectorInfo info) {
    this.subjects = subjects;
    this.inference = inference;
    this.explainer = explainer;
    this.info = info;
  }

  /**
   * Opens a detector with the bundled default model and the best backend on the class path.
   *
   * @throws DetectorException as {@link DetectorBuilder#open} does
   */
  public static Detector open() {
    return builder().open();
  }

  /** Starts to configure a detector. */
  public static DetectorBuilder builder() {
    return new DetectorBuilder();
  }

  /** Classifies an image file. */
  public Classification classify(Path file) {
    Objects.requireNonNull(file, "file");
    return classify(() -> subjects.of(file));
  }

  /** Classifies the bytes of an image file. */
  public Classification classify(byte[] encoded) {
    Objects.requireNonNull(encoded, "encoded");
    return classify(() -> subjects.of(encoded, "image"));
  }

  /** Classifies an image file that is read from the stream to its end. The stream stays open. */
  public Classification classify(InputStream stream) {
    Objects.requireNonNull(stream, "stream");
    return classify(() -> subjects.of(ImageBytes.read(stream, "image"), "image"));
  }

  /**
   * Classifies a decoded image. Its levels of red, green, blue and grey are taken as they are
   * stored, as from a file: transparency is ignored, not blended, no colour profile is applied, and
   * of 16 bits the upper 8 are kept.
   *
   * @throws NullPointerException if there is none; {@link javax.imageio.ImageIO#read} returns null
   *     for formats that it cannot read
   */
  public Classification classify(BufferedImage image) {
    return classify(() -> subjects.of(image));
  }

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
  public Classification classify(float[] image) {
    Objects.requireNonNull(image, "image");
    int images = info.views().images();
    if (image.length != images * info.input().size()) {
      throw new IllegalArgumentException(
          "the network reads %s%d x %d x 3 = %d floats, not %d"
              .formatted(
                  images == 1 ? "" : images + " x ",
                  info.input().height(),
                  info.input().width(),
                  images * info.input().size(),
                  image.length));
    }
    PreparedFloats.requireFinite(image);
    Classification result = classify(() -> subjects.of(image));
    return PreparedFloats.otherRange(image, info.input()).map(result::with).orElse(result);
  }

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
  public Stream<Outcome> classifyAll(Stream<Path> files) {
    Objects.requireNonNull(files, "files");
    Function<Path, Subject> decoding =
        file -> subjects.of(Objects.requireNonNull(file, "one of the files is null"));
    Outcomes outcomes =
        new Outcomes(files.sequential().iterator(), decoding, inference, Decoders.start());
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                outcomes, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(outcomes::close)
        .onClose(files::close);
  }

  /**
   * Classifies an image file, and says which places of it the network's answer hangs on.
   *
   * <p>The first call compiles a second network, up to the feature maps, which is held until the
   * detector is closed; the model's files are read again for it. Where a network cannot be taken
   * apart ({@link Heatmap.Method#OCCLUSION}) it is run some 64 times for each image that it is
   * shown.
   */
  public ExplainedPhoto explain(Path file) {
    Objects.requireNonNull(file, "file");
    return explain(() -> subjects.of(file));
  }

  /** The same for the bytes of an image file. */
  public ExplainedPhoto explain(byte[] encoded) {
    Objects.requireNonNull(encoded, "encoded");
    return explain(() -> subjects.of(encoded, "image"));
  }

  /** The same for an image file that is read from the stream to its end. The stream stays open. */
  public ExplainedPhoto explain(InputStream stream) {
    Objects.requireNonNull(stream, "stream");
    return explain(() -> subjects.of(ImageBytes.read(stream, "image"), "image"));
  }

  /** The same for a decoded image. Transparency is ignored, not blended. */
  public ExplainedPhoto explain(BufferedImage image) {
    return explain(() -> subjects.of(image));
  }

  /** What the detector consists of. May be called when it is closed. */
  public DetectorInfo info() {
    return info;
  }

  /**
   * Releases everything native, once the calls under way on other threads have returned. May be
   * called again without effect.
   */
  @Override
  public void close() {
    explainer.close();
    inference.close();
    subjects.close();
  }

  private Classification classify(Supplier<Subject> decoding) {
    inference.ensureOpen();
    try (Subject subject = decoding.get()) {
      return inference.classify(subject);
    }
  }

  private ExplainedPhoto explain(Supplier<Subject> decoding) {
    inference.ensureOpen();
    try (Subject subject = decoding.get()) {
      return new ExplainedPhoto(inference.classify(subject), explainer.explain(subject));
    }
  }
}
