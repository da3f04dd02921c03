package io.unmask.spark;

import io.unmask.Detector;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detectors of this JVM: one for each setting, opened by the task that is first to need it,
 * used by all tasks, and closed when the JVM ends. There is no other place for them, for an
 * executor ends without telling those whose code it runs.
 */
final class SharedDetectors {

  private static final Logger LOG = LoggerFactory.getLogger(SharedDetectors.class);

  private record Key(Map<String, String> settings, int threads) {}

  private static final Map<Key, Detector> OPEN = new ConcurrentHashMap<>();
  private static final AtomicInteger OPENINGS = new AtomicInteger();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(SharedDetectors::closeAll, "unmask-spark-closing"));
  }

  private SharedDetectors() {}

  /**
   * The detector with these settings, as many threads of which work on a photo as this task has
   * processors, unless the settings say otherwise. It is not to be closed.
   *
   * @throws IllegalStateException if it cannot be opened; the message says on which executor
   */
  static Detector of(UnmaskSettings settings) {
    @Nullable TaskContext task = TaskContext.get();
    int threads = task == null ? 1 : task.cpus();
    return OPEN.computeIfAbsent(
        new Key(settings.detector(), threads), key -> open(settings, threads));
  }

  /** How many were opened in this JVM. */
  static int openings() {
    return OPENINGS.get();
  }

  private static Detector open(UnmaskSettings settings, int threads) {
    try {
      Detector detector = settings.open(threads);
      OPENINGS.incrementAndGet();
      LOG.info("Opened {} with {}", detector.info(), settings);
      return detector;
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "%s cannot open a detector with %s: %s".formatted(here(), settings, e.getMessage()), e);
    }
  }

  private static String here() {
    @Nullable SparkEnv environment = SparkEnv.get();
    return environment == null
        ? "the driver"
        : "executor %s on %s"
            .formatted(
                environment.executorId(), environment.blockManager().blockManagerId().host());
  }

  private static void closeAll() {
    for (Map.Entry<Key, Detector> each : OPEN.entrySet()) {
      try {
        each.getValue().close();
      } catch (RuntimeException e) {
        LOG.warn("A detector could not be closed", e);
      }
    }
  }
}
