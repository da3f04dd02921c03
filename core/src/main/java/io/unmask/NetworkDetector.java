package io.unmask;

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

/** A detector that runs a network on a backend of this machine. */
final class NetworkDetector implements Detector {

  private final Subjects subjects;
  private final Inference inference;
  private final Explainer explainer;
  private final DetectorInfo info;

  NetworkDetector(Subjects subjects, Inference inference, Explainer explainer, DetectorInfo info) {
    this.subjects = subjects;
    this.inference = inference;
    this.explainer = explainer;
    this.info = info;
  }

  @Override
  public Classification classify(Path file) {
    Objects.requireNonNull(file, "file");
    return classify(() -> subjects.of(file));
  }

  @Override
  public Classification classify(EncodedImage image) {
    return classify(() -> subjects.of(image.bytes(), image.name()));
  }

  @Override
  public Classification classify(InputStream stream) {
    Objects.requireNonNull(stream, "stream");
    return classify(
        () -> subjects.of(ImageBytes.read(stream, EncodedImage.NAMELESS), EncodedImage.NAMELESS));
  }

  @Override
  public Classification classify(BufferedImage image) {
    return classify(() -> subjects.of(image));
  }

  @Override
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

  @Override
  public Stream<Outcome<Path>> classifyAll(Stream<Path> files) {
    Objects.requireNonNull(files, "files");
    return all(
        files, file -> subjects.of(Objects.requireNonNull(file, "one of the files is null")));
  }

  @Override
  public <T> Stream<Outcome<T>> classifyAll(
      Stream<T> sources, Function<? super T, EncodedImage> reader) {
    Objects.requireNonNull(sources, "sources");
    Objects.requireNonNull(reader, "reader");
    return all(
        sources,
        source -> {
          EncodedImage image = reader.apply(source);
          return subjects.of(image.bytes(), image.name());
        });
  }

  private <T> Stream<Outcome<T>> all(Stream<T> sources, Function<? super T, Subject> decoding) {
    Outcomes<T> outcomes =
        new Outcomes<>(sources.sequential().iterator(), decoding, inference, Decoders.start());
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                outcomes, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(outcomes::close)
        .onClose(sources::close);
  }

  @Override
  public ExplainedPhoto explain(Path file) {
    Objects.requireNonNull(file, "file");
    return explain(() -> subjects.of(file));
  }

  @Override
  public ExplainedPhoto explain(EncodedImage image) {
    return explain(() -> subjects.of(image.bytes(), image.name()));
  }

  @Override
  public ExplainedPhoto explain(InputStream stream) {
    Objects.requireNonNull(stream, "stream");
    return explain(
        () -> subjects.of(ImageBytes.read(stream, EncodedImage.NAMELESS), EncodedImage.NAMELESS));
  }

  @Override
  public ExplainedPhoto explain(BufferedImage image) {
    return explain(() -> subjects.of(image));
  }

  @Override
  public DetectorInfo info() {
    return info;
  }

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
