package io.unmask.spark;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.DetectorInfo;
import io.unmask.DetectorProvider;
import io.unmask.DetectorSettings;
import io.unmask.EncodedImage;
import io.unmask.ExplainedPhoto;
import io.unmask.Label;
import io.unmask.Outcome;
import io.unmask.error.ImageException;
import io.unmask.spi.InputFormat;
import io.unmask.spi.ProgramInfo;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Opens detectors without a network: the first byte of a photo, as a hundredth, is its probability,
 * and one that begins with 255 cannot be read. Counts what it is asked, in this JVM.
 */
public final class CountingProvider implements DetectorProvider {

  static final String NAME = "counting";
  static final AtomicInteger CALLS = new AtomicInteger();
  static final AtomicInteger OPENED = new AtomicInteger();

  /** A photo that begins with this ends its task, as when an executor dies; -1 for none. */
  static final AtomicInteger DEADLY = new AtomicInteger(-1);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return -1;
  }

  @Override
  public Detector open(DetectorSettings settings) {
    OPENED.incrementAndGet();
    return new CountingDetector(settings.threshold().orElse(0.5));
  }

  private static final class CountingDetector implements Detector {
    private final double threshold;

    CountingDetector(double threshold) {
      this.threshold = threshold;
    }

    @Override
    public Classification classify(EncodedImage image) {
      CALLS.incrementAndGet();
      int first = image.bytes()[0] & 0xff;
      if (first == DEADLY.get()) {
        throw new IllegalStateException("this executor is dead");
      }
      if (first == 255) {
        throw new ImageException(image.name() + ": no picture of any kind");
      }
      double probability = first / 100.0;
      Label label = probability > threshold ? Label.FAKE : Label.REAL;
      return new Classification(
          label,
          probability,
          threshold,
          List.of(new Classification.Opinion(NAME, probability)),
          1,
          List.of(),
          List.of(),
          List.of(),
          new Classification.Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    /** As real ones do: the given stream is read on another thread, ahead. */
    @Override
    public <T> Stream<Outcome<T>> classifyAll(
        Stream<T> sources, Function<? super T, EncodedImage> reader) {
      ExecutorService thread = Executors.newSingleThreadExecutor();
      Iterator<T> each = sources.iterator();
      return Stream.generate(
              () ->
                  thread.submit(
                      () -> {
                        if (!each.hasNext()) {
                          return List.<Outcome<T>>of();
                        }
                        T source = each.next();
                        try {
                          Classification result = classify(reader.apply(source));
                          return List.<Outcome<T>>of(new Outcome.Classified<>(source, result));
                        } catch (ImageException e) {
                          return List.<Outcome<T>>of(new Outcome.Failed<>(source, e));
                        }
                      }))
          .map(
              future -> {
                try {
                  return future.get();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              })
          .takeWhile(outcome -> !outcome.isEmpty())
          .map(outcome -> outcome.get(0))
          .onClose(thread::shutdownNow);
    }

    @Override
    public Classification classify(BufferedImage image) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Classification classify(float[] image) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ExplainedPhoto explain(EncodedImage image) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ExplainedPhoto explain(BufferedImage image) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DetectorInfo info() {
      return DetectorInfo.of(
              NAME, new ProgramInfo("none", "none", "cpu", 1), InputFormat.unitRange(1, 1))
          .build();
    }

    @Override
    public void close() {}
  }
}
