package io.unmask;

import io.unmask.error.DetectorException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * The outcomes of many images, in their order. They are decoded ahead on other threads; inference
 * happens on the thread that takes the outcomes, as it takes them, on as many images at once as are
 * decoded by then and the engine prefers.
 *
 * <p>Outcomes are taken by one thread at a time; {@link #close} may be called by any.
 */
final class Outcomes<T> implements Iterator<Outcome<T>>, AutoCloseable {

  /** What is known of one: its photo, what the network says about that, or why there is none. */
  private sealed interface Step<T> {
    T source();

    record Decoded<T>(T source, Subject subject) implements Step<T> {}

    record Answered<T>(T source, Subject subject, List<RegionOutputs> answers) implements Step<T> {}

    record Unreadable<T>(T source, DetectorException error) implements Step<T> {}
  }

  private final Function<? super T, Subject> decoding;
  private final Inference inference;
  private final ReadAhead<T, Step<T>> ahead;
  private final Deque<Step<T>> taken = new ArrayDeque<>();
  private volatile boolean closed;

  /**
   * Nothing happens before the first outcome is asked for.
   *
   * @param decoding reads and preprocesses an image
   * @param decoders runs tasks in the order in which they are given to it
   */
  Outcomes(
      Iterator<T> sources,
      Function<? super T, Subject> decoding,
      Inference inference,
      ExecutorService decoders) {
    this.decoding = decoding;
    this.inference = inference;
    // While one batch is run, the next can be decoded.
    int window = Math.max(Decoders.AHEAD, inference.batch());
    this.ahead = new ReadAhead<>(sources, this::decode, decoders, window);
  }

  @Override
  public boolean hasNext() {
    return !closed && (!taken.isEmpty() || ahead.hasNext());
  }

  @Override
  public Outcome<T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    inference.ensureOpen();
    if (taken.isEmpty()) {
      taken.addAll(together(ahead.takeReady(inference.batch())));
    }
    return outcome(taken.remove());
  }

  /** Stops the work. Afterwards there are no more outcomes. */
  @Override
  public void close() {
    closed = true;
    ahead.close();
  }

  private Step<T> decode(T source) {
    try {
      return new Step.Decoded<>(source, decoding.apply(source));
    } catch (DetectorException e) {
      return new Step.Unreadable<>(source, e);
    }
  }

  /** Runs the network on the photos among some files, if there are several. */
  private List<Step<T>> together(List<Step<T>> steps) {
    List<Subject> subjects = new ArrayList<>();
    List<Pixels> images = new ArrayList<>();
    for (Step<T> step : steps) {
      if (step instanceof Step.Decoded<T> decoded) {
        subjects.add(decoded.subject());
        images.addAll(decoded.subject().ready());
      }
    }
    if (subjects.size() < 2) {
      return steps;
    }
    Iterator<RegionOutputs> answers;
    try {
      answers = inference.runAll(images).iterator();
    } catch (DetectorException e) {
      return steps; // Each will be run by itself, and get an answer or an error of its own.
    }
    subjects.forEach(Subject::close);
    return steps.stream()
        .<Step<T>>map(
            step -> step instanceof Step.Decoded<T> decoded ? answered(decoded, answers) : step)
        .toList();
  }

  private Step<T> answered(Step.Decoded<T> step, Iterator<RegionOutputs> answers) {
    List<RegionOutputs> own = new ArrayList<>();
    for (int i = 0; i < step.subject().ready().size(); i++) {
      own.add(answers.next());
    }
    return new Step.Answered<>(step.source(), step.subject(), own);
  }

  private Outcome<T> outcome(Step<T> step) {
    if (step instanceof Step.Unreadable<T> unreadable) {
      return new Outcome.Failed<>(unreadable.source(), unreadable.error());
    }
    try {
      return new Outcome.Classified<>(step.source(), classify(step));
    } catch (DetectorException e) {
      return new Outcome.Failed<>(step.source(), e);
    }
  }

  private Classification classify(Step<T> step) {
    if (step instanceof Step.Answered<T> answered) {
      return inference.classify(answered.subject(), answered.answers());
    }
    try (Subject subject = ((Step.Decoded<T>) step).subject()) {
      return inference.classify(subject);
    }
  }
}
