package io.unmask.spring;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.DetectorInfo;
import io.unmask.EncodedImage;
import io.unmask.ExplainedPhoto;
import io.unmask.Outcome;
import io.unmask.error.ImageException;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A detector whose calls are observed by Micrometer. The observations are {@code unmask.classify}
 * and {@code unmask.explain}, with the tags {@code label} ({@code none} if there is no verdict),
 * {@code outcome} ({@code ok}, {@code image} if the photo cannot be read, or {@code failed}) and
 * {@code backend}. They contain nothing of a photo. Thread-safe if the detector is.
 *
 * <p>{@link #classifyAll} is not observed: it decodes ahead and runs photos together, so that no
 * photo has a time of its own.
 */
public final class ObservedDetector implements Detector {

  private static final String NONE = "none";

  private final Detector detector;
  private final ObservationRegistry registry;

  /** Wraps a detector. {@link #close} closes it. */
  public ObservedDetector(Detector detector, ObservationRegistry registry) {
    this.detector = detector;
    this.registry = registry;
  }

  /** The detector itself, whose calls nobody observes. */
  Detector observed() {
    return detector;
  }

  @Override
  public Classification classify(EncodedImage image) {
    return classify(() -> detector.classify(image));
  }

  @Override
  public Classification classify(Path file) {
    return classify(() -> detector.classify(file));
  }

  @Override
  public Classification classify(byte[] encoded) {
    return classify(() -> detector.classify(encoded));
  }

  @Override
  public Classification classify(InputStream stream) {
    return classify(() -> detector.classify(stream));
  }

  @Override
  public Classification classify(BufferedImage image) {
    return classify(() -> detector.classify(image));
  }

  @Override
  public Classification classify(float[] image) {
    return classify(() -> detector.classify(image));
  }

  @Override
  public <T> Stream<Outcome<T>> classifyAll(
      Stream<T> sources, Function<? super T, EncodedImage> reader) {
    return detector.classifyAll(sources, reader);
  }

  @Override
  public ExplainedPhoto explain(EncodedImage image) {
    return explain(() -> detector.explain(image));
  }

  @Override
  public ExplainedPhoto explain(Path file) {
    return explain(() -> detector.explain(file));
  }

  @Override
  public ExplainedPhoto explain(byte[] encoded) {
    return explain(() -> detector.explain(encoded));
  }

  @Override
  public ExplainedPhoto explain(InputStream stream) {
    return explain(() -> detector.explain(stream));
  }

  @Override
  public ExplainedPhoto explain(BufferedImage image) {
    return explain(() -> detector.explain(image));
  }

  @Override
  public DetectorInfo info() {
    return detector.info();
  }

  @Override
  public void close() {
    detector.close();
  }

  private Classification classify(Supplier<Classification> call) {
    return observe("unmask.classify", call, Function.identity());
  }

  private ExplainedPhoto explain(Supplier<ExplainedPhoto> call) {
    return observe("unmask.explain", call, ExplainedPhoto::classification);
  }

  private <T> T observe(String name, Supplier<T> call, Function<T, Classification> verdict) {
    Observation observation =
        Observation.createNotStarted(name, registry)
            .contextualName("%s photo".formatted(name.substring(name.indexOf('.') + 1)))
            .lowCardinalityKeyValue("backend", detector.info().program().backend())
            .start();
    String label = NONE;
    String outcome = "failed";
    try (Observation.Scope scope = observation.openScope()) {
      T result = call.get();
      label = verdict.apply(result).label().name();
      outcome = "ok";
      return result;
    } catch (ImageException e) {
      outcome = "image";
      observation.error(e);
      throw e;
    } catch (RuntimeException | Error e) {
      observation.error(e);
      throw e;
    } finally {
      observation
          .lowCardinalityKeyValue(KeyValue.of("label", label))
          .lowCardinalityKeyValue(KeyValue.of("outcome", outcome))
          .stop();
    }
  }
}
