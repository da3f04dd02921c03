package io.unmask.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of docs/spark.md, printed and not judged: {@code -Dtest=Measurements}. Processor time
 * is measured, which other work on the machine hardly changes.
 */
class Measurements {

  private static final int PHOTOS = Integer.getInteger("unmask.count", 400);
  private static final int MANY = Integer.getInteger("unmask.many", 10_000);
  private static final int[] PARTITIONS =
      Stream.of(System.getProperty("unmask.partitions", "2,20,200,2000,2").split(",", -1))
          .mapToInt(Integer::parseInt)
          .toArray();
  private static final String SMALL =
      Path.of("../../../examples/data/untrained.keras").toAbsolutePath().normalize().toString();

  @TempDir Path folder;

  private SparkSession spark;

  @AfterEach
  void stop() {
    spark.stop();
  }

  /** Photos a core beside the command, and memory. */
  @Test
  void throughput() throws Exception {
    spark = Cluster.start("local-cluster[1,1,2048]");
    List<Path> files = Photos.write(Files.createDirectory(folder.resolve("photos")), PHOTOS);
    Probe idle = Cluster.probes(spark).get(0);
    say(
        "executor, idle: %d MiB resident, heap %d",
        Cluster.residentMegabytes(idle.pid()), idle.heap());
    Dataset<Row> photos = paths(files, 4);
    verdicts(photos, PHOTOS, UnmaskSettings.DEFAULT); // opening, and Java's compiler
    for (int round = 0; round < 2; round++) {
      double few = Command.cpuSeconds(files.subList(0, 20), folder);
      double all = Command.cpuSeconds(files, folder);
      double command = (all - few) / (PHOTOS - 20);
      double before = Cluster.cpuSeconds(idle.pid());
      verdicts(photos, PHOTOS, UnmaskSettings.DEFAULT);
      double executor = (Cluster.cpuSeconds(idle.pid()) - before) / PHOTOS;
      say(
          "processor time a photo: command %.1f ms, executor %.1f ms; throughput a core %.2f of the command's",
          1000 * command, 1000 * executor, command / executor);
    }
    Probe busy = Cluster.probes(spark).get(0);
    say(
        "executor, after %d photos: %d MiB resident, heap %d, detectors opened %d",
        3 * PHOTOS, Cluster.residentMegabytes(busy.pid()), busy.heap(), busy.openings());
  }

  /**
   * What partitions cost: the bundled model, or with {@code -Dunmask.small} one so small that they
   * show.
   */
  @Test
  void partitions() throws Exception {
    spark = Cluster.start("local-cluster[2,1,2048]");
    UnmaskSettings settings =
        Boolean.getBoolean("unmask.small")
            ? UnmaskSettings.builder().models(SMALL).build()
            : UnmaskSettings.DEFAULT;
    List<Path> files = Photos.write(Files.createDirectory(folder.resolve("photos")), 100);
    List<Path> many = IntStream.range(0, MANY).mapToObj(i -> files.get(i % 100)).toList();
    int few = Math.min(MANY, 1_000);
    verdicts(paths(many.subList(0, few), 20), few, settings); // opening, and Java's compiler
    for (int partitions : PARTITIONS) {
      List<Probe> executors = Cluster.probes(spark);
      double before = 0;
      for (Probe each : executors) {
        before += Cluster.cpuSeconds(each.pid());
      }
      verdicts(paths(many, partitions), MANY, settings);
      double after = 0;
      for (Probe each : executors) {
        after += Cluster.cpuSeconds(each.pid());
      }
      say("%d photos in %d partitions: %.1f s of processor time", MANY, partitions, after - before);
    }
    say("detectors opened: %s", Cluster.probes(spark).stream().map(Probe::openings).toList());
  }

  private Dataset<Row> paths(List<Path> files, int partitions) {
    return spark
        .createDataset(files.stream().map(Path::toString).toList(), Encoders.STRING())
        .toDF("path")
        .repartition(partitions);
  }

  private static void verdicts(Dataset<Row> photos, int count, UnmaskSettings settings) {
    long rows =
        Unmask.classifyFiles(photos, settings)
            .filter("verdict.label IS NOT NULL OR verdict.error IS NOT NULL")
            .count();
    if (rows != count) {
      throw new IllegalStateException("rows were lost");
    }
  }

  private static void say(String format, Object... values) {
    System.out.println("measured: " + String.format(Locale.ROOT, format, values));
  }
}
