package io.unmask.spark;

import java.lang.management.ManagementFactory;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.MapPartitionsFunction;

/**
 * What an executor says of itself.
 *
 * @param executor its name
 * @param pid its process
 * @param openings how many detectors it opened
 * @param heap what of Java's heap is in use or was, in MiB
 */
record Probe(String executor, long pid, int openings, long heap) {

  static Probe parse(String text) {
    String[] parts = text.split(" ", -1);
    return new Probe(
        parts[0], Long.parseLong(parts[1]), Integer.parseInt(parts[2]), Long.parseLong(parts[3]));
  }

  /** Asks; runs on an executor. It takes a while, so that all of them get a share of the work. */
  static final class Asking implements MapPartitionsFunction<Long, String> {
    @Override
    public Iterator<String> call(Iterator<Long> ignored) throws InterruptedException {
      Thread.sleep(300);
      return List.of(
              SparkEnv.get().executorId()
                  + " "
                  + ProcessHandle.current().pid()
                  + " "
                  + SharedDetectors.openings()
                  + " "
                  + (ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() >> 20))
          .iterator();
    }
  }
}
