package io.unmask.discovery;

import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The providers of a service that the class path offers. A broken one is kept as a fault, for
 * messages, and the others still work. Immutable.
 *
 * @param found the providers, in the order of the class path
 * @param faults what is wrong with the broken ones, one sentence each
 */
public record Providers<T>(List<Found<T>> found, List<String> faults) {

  /** A class loader that fails forever must not make the search endless. */
  private static final int MAX_FAILURES = 100;

  /**
   * A provider.
   *
   * @param name the name it is chosen by
   * @param provider the provider itself
   * @param origin the jar or folder that it comes from
   */
  public record Found<T>(String name, T provider, String origin) {}

  /** Copies the lists. */
  public Providers {
    found = List.copyOf(found);
    faults = List.copyOf(faults);
  }

  /**
   * The providers that the thread's context class loader sees, and those that Unmask's own does.
   */
  public static <T> Providers<T> find(Class<T> service, Function<T, String> name) {
    List<ClassLoader> loaders = new ArrayList<>();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null) {
      loaders.add(context);
    }
    ClassLoader own = Providers.class.getClassLoader();
    if (own != null && own != context) {
      loaders.add(own);
    }
    return find(service, name, loaders);
  }

  static <T> Providers<T> find(
      Class<T> service, Function<T, String> name, List<ClassLoader> loaders) {
    Search<T> search = new Search<>(service, name);
    loaders.forEach(search::scan);
    return new Providers<>(search.found, search.faults);
  }

  /** The first provider of the name. */
  public Optional<Found<T>> named(String name) {
    return found.stream().filter(candidate -> candidate.name().equals(name)).findFirst();
  }

  /** The names, for messages. */
  public String names() {
    return found.isEmpty()
        ? "none"
        : found.stream().map(Found::name).collect(Collectors.joining(", "));
  }

  /** The faults as a part of a message, empty if there are none. */
  public String describeFaults() {
    return faults.isEmpty() ? "" : "; broken: " + String.join("; ", faults);
  }

  /**
   * Warns of each fault in the log, where a provider was found all the same: nobody else would say
   * that others are broken.
   */
  public void warn() {
    for (String fault : faults) {
      System.getLogger(Providers.class.getName())
          .log(System.Logger.Level.WARNING, "a plug-in is broken and left out: " + fault);
    }
  }

  private static final class Search<T> {

    private final Class<T> service;
    private final Function<T, String> name;
    private final List<Found<T>> found = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private int failures;

    Search(Class<T> service, Function<T, String> name) {
      this.service = service;
      this.name = name;
    }

    void scan(ClassLoader loader) {
      // The module of a service may be built after this one, which then cannot name it.
      Providers.class.getModule().addUses(service);
      Iterator<ServiceLoader.Provider<T>> candidates =
          ServiceLoader.load(service, loader).stream().iterator();
      while (failures < MAX_FAILURES && step(candidates)) {}
    }

    private boolean step(Iterator<ServiceLoader.Provider<T>> candidates) {
      try {
        if (!candidates.hasNext()) {
          return false;
        }
        add(candidates.next());
      } catch (ServiceConfigurationError e) {
        fail(String.valueOf(e.getMessage()), e.getCause());
      } catch (LinkageError e) {
        fail(service.getName() + ": a provider lacks something that it needs", e);
      }
      return true;
    }

    private void add(ServiceLoader.Provider<T> candidate) {
      Class<? extends T> type = candidate.type();
      if (seen.add(type.getName())) {
        T provider = candidate.get();
        String what = service.getName() + ": Provider " + type.getName() + " has no name";
        try {
          @Nullable String named = name.apply(provider);
          if (named == null || named.isBlank()) {
            fail(what, null);
          } else {
            found.add(new Found<>(named, provider, origin(type)));
          }
        } catch (RuntimeException | LinkageError e) {
          fail(what, e);
        }
      }
    }

    private void fail(String message, @Nullable Throwable cause) {
      failures++;
      String fault = message + (cause == null ? "" : " (" + cause + ")");
      String oneLine = fault.replaceAll("\\s+", " ");
      if (!faults.contains(oneLine)) {
        faults.add(oneLine);
      }
    }
  }

  /** The file name of the jar or folder that a class comes from. */
  public static String origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    @Nullable URL location = source == null ? null : source.getLocation();
    if (location == null) {
      return "unknown jar";
    }
    String path = location.getPath().replaceFirst("[/!]+$", "");
    if (path.endsWith("/target/classes")) {
      return path;
    }
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
