package io.unmask;

import io.unmask.discovery.Providers;
import io.unmask.error.BackendException;
import io.unmask.error.Explanation;
import io.unmask.spi.Availability;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Precision;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The backends on the class path, as a detector that is opened now would find them. Immutable;
 * making the list loads nothing native.
 *
 * <p>Backends are found with {@link java.util.ServiceLoader}, through the thread's context class
 * loader and through the class loader that loaded Unmask.
 */
public final class Backends {

  private static final String CPU = "add the Maven dependency io.unmask:unmask-backend-cpu";

  private static final String TENSORFLOW =
      "add the Maven dependency io.unmask:unmask-tensorflow-cpu or unmask-tensorflow-gpu, of type"
          + " pom";

  private static final String MERGED =
      "; if it is there already, inside a merged jar, see that the META-INF/services files were"
          + " merged as well";

  private static final String TRAINER = TENSORFLOW + ", which trains";

  /**
   * A backend.
   *
   * @param name the name it is chosen by
   * @param priority its priority: of the backends that are available, the one with the highest is
   *     chosen. {@link Integer#MIN_VALUE} if the backend fails to return one
   * @param origin the jar or folder that the backend comes from
   * @param availability whether the backend can be used here, and if not, why
   */
  public record Entry(String name, int priority, String origin, Availability availability) {}

  private record Candidate(Entry entry, Backend backend) {
    boolean available() {
      return entry.availability() instanceof Availability.Available;
    }
  }

  private final Device device;
  private final List<Candidate> candidates;
  private final Providers<Backend> providers;

  private Backends(Device device, Providers<Backend> providers) {
    this.device = device;
    this.providers = providers;
    this.candidates =
        providers.found().stream()
            .map(found -> new Candidate(entry(found, device), found.provider()))
            .sorted(Comparator.comparingInt((Candidate c) -> c.entry().priority()).reversed())
            .toList();
  }

  /** Finds all backends, and asks each whether it could use its best device here. */
  public static Backends find() {
    return find(Device.AUTO);
  }

  /** Finds all backends, and asks each whether it could use the device here. */
  public static Backends find(Device device) {
    Objects.requireNonNull(device, "device");
    return of(device, Providers.find(Backend.class, Backend::name));
  }

  static Backends of(Device device, Providers<Backend> providers) {
    return new Backends(device, providers);
  }

  /** All backends that were found, the highest priority first. */
  public List<Entry> entries() {
    return candidates.stream().map(Candidate::entry).toList();
  }

  /** What is wrong with the backends that could not be loaded, one sentence each. */
  public List<String> faults() {
    return providers.faults();
  }

  /**
   * The backend that a detector would use: the one that the system property {@code unmask.backend}
   * or the environment variable {@code UNMASK_BACKEND} names, or otherwise the available one with
   * the highest priority.
   *
   * @throws BackendException if there is none, or it is not available; the message lists all
   */
  public Backend best() {
    return select(Choice.of(null, "backend", System::getenv));
  }

  /**
   * Returns a backend that can train.
   *
   * @param name its name; if empty, the available one with the highest priority
   * @throws BackendException if there is none, or it is not available or cannot train
   */
  public Backend trainer(Optional<String> name) {
    if (name.isPresent()) {
      Backend named = named(new Choice(name.get(), "its name"));
      if (!canTrain(named)) {
        throw failure("backend '" + name.get() + "' cannot train" + onDevice(), TRAINER);
      }
      return named;
    }
    return candidates.stream()
        .filter(Candidate::available)
        .map(Candidate::backend)
        .filter(Backends::canTrain)
        .findFirst()
        .orElseThrow(
            () ->
                failure(
                    "no backend that can train can be used" + onDevice(),
                    isThere("tensorflow") ? "" : TRAINER));
  }

  /**
   * The backend of the chosen name, or else the one with the highest priority among the available.
   *
   * @throws BackendException if there is none, or it is not available; the message lists all
   */
  Backend select(Optional<Choice> choice) {
    if (choice.isPresent()) {
      return named(choice.get());
    }
    return candidates.stream()
        .filter(Candidate::available)
        .findFirst()
        .map(Candidate::backend)
        .orElseThrow(
            () ->
                failure(
                    "no backend can be used" + onDevice(),
                    candidates.isEmpty() ? CPU + MERGED : ""));
  }

  /** Says in the log which backends come before the chosen one and cannot be used, and why. */
  void warn(Backend chosen) {
    providers.warn();
    for (Candidate candidate : candidates) {
      if (candidate.backend().equals(chosen)) {
        return;
      }
      if (!candidate.available()) {
        System.getLogger(Backends.class.getName())
            .log(
                System.Logger.Level.WARNING,
                "backend '%s' is used instead of %s"
                    .formatted(chosen.name(), describe(candidate.entry())));
      }
    }
  }

  private Backend named(Choice choice) {
    String asked = "backend '" + choice.name() + "' (asked for by " + choice.origin() + ")";
    Candidate candidate =
        candidates.stream()
            .filter(c -> c.entry().name().equals(choice.name()))
            .findFirst()
            .orElseThrow(() -> failure("there is no " + asked, remedy(choice.name())));
    if (!candidate.available()) {
      throw failure(asked + " cannot be used" + onDevice(), "");
    }
    return candidate.backend();
  }

  /**
   * Checks that a backend can use the device.
   *
   * @throws BackendException if it cannot
   */
  static void check(Backend backend, Device device) {
    if (probe(backend, device) instanceof Availability.Unavailable no) {
      throw new BackendException(
          "backend '%s' cannot be used%s: %s; %s"
              .formatted(backend.name(), on(device), no.reason(), no.remedy()));
    }
  }

  /**
   * What a backend computes in if this precision is asked for.
   *
   * @throws BackendException if it cannot use it, unless {@link Precision#AUTO} was asked for
   */
  static Precision precision(Backend backend, Precision asked) {
    if (asked == Precision.F32) {
      return asked;
    }
    Precision had = backend.precision(asked);
    if (asked != Precision.AUTO && had != asked) {
      throw new BackendException(
          Explanation.PRECISION,
          "backend '%s' cannot compute in %s here; %s, or leave that out"
              .formatted(
                  backend.name(),
                  asked,
                  asked == Precision.INT8
                      ? "backend cpu can on processors with AVX2"
                      : "ask for precision auto, which uses it where it can be had"),
          null);
    }
    return had;
  }

  /** What brings a backend of the name. */
  private static String remedy(String name) {
    String dependency =
        switch (name) {
          case "cpu" -> CPU;
          case "tensorflow" -> TENSORFLOW;
          default -> "choose one of these, or add the dependency that brings it";
        };
    return dependency + MERGED;
  }

  private boolean isThere(String name) {
    return candidates.stream().anyMatch(candidate -> candidate.entry().name().equals(name));
  }

  /**
   * A failure to find what was asked for.
   *
   * @param remedy which dependency to add, or nothing where what is there says what it lacks
   */
  private BackendException failure(String what, String remedy) {
    String offered =
        candidates.isEmpty()
            ? "the class path offers none"
            : "the class path offers "
                + candidates.stream()
                    .map(c -> describe(c.entry()))
                    .collect(Collectors.joining(", "));
    return new BackendException(
        Explanation.NO_BACKEND,
        what
            + ": "
            + offered
            + providers.describeFaults()
            + (remedy.isEmpty() ? "" : "; " + remedy),
        null);
  }

  private static String describe(Entry entry) {
    String state =
        entry.availability() instanceof Availability.Unavailable no
            ? "unavailable: " + no.reason() + "; " + no.remedy()
            : "available";
    return "%s (%s, %s)".formatted(entry.name(), entry.origin(), state);
  }

  private String onDevice() {
    return on(device);
  }

  private static String on(Device device) {
    return device == Device.AUTO ? "" : " on the device " + device;
  }

  private static Entry entry(Providers.Found<Backend> found, Device device) {
    Backend backend = found.provider();
    int priority;
    try {
      priority = backend.priority();
    } catch (RuntimeException | LinkageError e) {
      return new Entry(found.name(), Integer.MIN_VALUE, found.origin(), broken("its priority", e));
    }
    return new Entry(found.name(), priority, found.origin(), probe(backend, device));
  }

  /** Providers must not throw here either; one that does cannot train. */
  private static boolean canTrain(Backend backend) {
    try {
      return backend.trainable().isPresent();
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }

  private static Availability broken(String what, Throwable e) {
    return new Availability.Unavailable(
        "it fails to say " + what + ": " + e, "report this to its authors");
  }

  /** Providers must not throw here, but a broken one should not hide the others. */
  private static Availability probe(Backend backend, Device device) {
    try {
      return backend.probe(device);
    } catch (RuntimeException | LinkageError e) {
      return broken("whether it can be used", e);
    }
  }
}
