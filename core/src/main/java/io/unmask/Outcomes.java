package io.unmask;

import io.unmask.error.DetectorException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * The outcomes of many image files, in the files' order. Files are decoded ahead on other threads;
 * inference happens on the thread that takes the outcomes, as it takes them, on as many images at
 * once as are decoded by then and the engine prefers.
 *
 * <p>Outcomes are taken by one thread at a time; {@link #close} may be called by any.
 */
final class Outcomes implements Iterator<Outcome>, AutoCloseable {

  /** What is known of a file: its photo, what the network says about that, or why there is none. */
  private sealed interface Step {
    Path file();

    record Decoded(Path file, Subject subject) implements Step {}

    record Answered(Path file, Subject subject, List<Answer> answers) implements Step {}

    record Unreadable(Path file, DetectorException error) implements Step {}
  }

  private final Function<Path, Subject> decoding;
  private final Inference inference;
  private final ReadAhead<Path, Step> ahead;
  private final Deque<Step> taken = new ArrayDeque<>();
  private volatile boolean closed;

  /**
   * Nothing happens before the first outcome is asked for.
   *
   * @param decoding reads and preprocesses a file
   * @param decoders runs tasks in the order in which they are given to it
   */
  Outcomes(
      Iterator<Path> files,
      Function<Path, Subject> decoding,
      Inference inference,
      ExecutorService decoders) {
    this.decoding = decoding;
    this.inference = inference;
    // While one batch is run, the next can be decoded.
    int window = Math.max(Decoders.AHEAD, inference.batch());
    this.ahead = new ReadAhead<>(files, this::decode, decoders, window);
  }

  @Override
  public boolean hasNext() {
    return !closed && (!taken.isEmpty() || ahead.hasNext());
  }

  @Override
  public Outcome next() {
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

  private Step decode(Path file) {
    try {
      return new Step.Decoded(file, decoding.apply(file));
    } catch (DetectorException e) {
      return new Step.Unreadable(file, e);
    }
  }

  /** Runs the network on the photos among some files, if there are several. */
  private List<Step> together(List<Step> steps) {
    List<Subject> subjects = new ArrayList<>();
    List<Pixels> images = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Step.Decoded decoded) {
        subjects.add(decoded.subject());
        images.addAll(decoded.subject().ready());
      }
    }
    if (subjects.size() < 2) {
      return steps;
    }
    Iterator<Answer> answers;
    try {
      answers = inference.runAll(images).iterator();
    } catch (DetectorException e) {
      return steps; // Each will be run by itself, and get an answer or an error of its own.
    }
    subjects.forEach(Subject::close);
    return steps.stream()
        .map(step -> step instanceof Step.Decoded decoded ? answered(decoded, answers) : step)
        .toList();
  }

  private static Step answered(Step.Decoded step, Iterator<Answer> answers) {
    List<Answer> own = new ArrayList<>();
    for (int i = 0; i < step.subject().ready().size(); i++) {
      own.add(answers.next());
    }
    return new Step.Answered(step.file(), step.subject(), own);
  }

  private Outcome outcome(Step step) {
    if (step instanceof Step.Unreadable unreadable) {
      return new Outcome.Failed(unreadable.file(), unreadable.error());
    }
    try {
      return new Outcome.Classified(step.file(), classify(step));
    } catch (DetectorException e) {
      return new Outcome.Failed(step.file(), e);
    }
  }

  private Classification classify(Step step) {
    if (step instanceof Step.Answered answered) {
      return inference.classify(answered.subject(), answered.answers());
    }
    try (Subject subject = ((Step.Decoded) step).subject()) {
      return inference.classify(subject);
    }
  }
}
