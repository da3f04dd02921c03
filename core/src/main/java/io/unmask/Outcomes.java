package io.unmask;

import io.unmask.error.DetectorException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * The outcomes of many image files, in the files' order. Files are decoded ahead on other threads;
 * inference happens on the thread that takes the outcomes, as it takes them.
 *
 * <p>Outcomes are taken by one thread at a time; {@link #close} may be called by any.
 */
final class Outcomes implements Iterator<Outcome>, AutoCloseable {

  /** A file's image, or why there is none. */
  private sealed interface Step {
    record Decoded(Path file, Pixels image) implements Step {}

    record Unreadable(Path file, DetectorException error) implements Step {}
  }

  private final Function<Path, Pixels> decoding;
  private final Inference inference;
  private final ReadAhead<Path, Step> ahead;

  /**
   * Nothing happens before the first outcome is asked for.
   *
   * @param decoding reads and preprocesses a file
   * @param decoders runs tasks in the order in which they are given to it
   */
  Outcomes(
      Iterator<Path> files,
      Function<Path, Pixels> decoding,
      Inference inference,
      ExecutorService decoders) {
    this.decoding = decoding;
    this.inference = inference;
    this.ahead = new ReadAhead<>(files, this::decode, decoders, Decoders.AHEAD);
  }

  @Override
  public boolean hasNext() {
    return ahead.hasNext();
  }

  @Override
  public Outcome next() {
    return outcome(ahead.next());
  }

  /** Stops the work. Afterwards there are no more outcomes. */
  @Override
  public void close() {
    ahead.close();
  }

  private Step decode(Path file) {
    try {
      return new Step.Decoded(file, decoding.apply(file));
    } catch (DetectorException e) {
      return new Step.Unreadable(file, e);
    }
  }

  private Outcome outcome(Step step) {
    inference.ensureOpen();
    if (step instanceof Step.Decoded decoded) {
      try (Pixels image = decoded.image()) {
        return new Outcome.Classified(decoded.file(), inference.classify(image));
      } catch (DetectorException e) {
        return new Outcome.Failed(decoded.file(), e);
      }
    }
    Step.Unreadable unreadable = (Step.Unreadable) step;
    return new Outcome.Failed(unreadable.file(), unreadable.error());
  }
}
