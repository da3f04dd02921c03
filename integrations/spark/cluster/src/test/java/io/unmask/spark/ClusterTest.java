package io.unmask.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On two executors, processes with one processor each, the rows are those of the command. */
class ClusterTest {

  private static final int PHOTOS = Integer.getInteger("unmask.count", 2000);

  /** A small one is quicker; empty for the bundled one. */
  private static final String MODEL = System.getProperty("unmask.model", "");

  private static final UnmaskSettings SETTINGS =
      MODEL.isEmpty() ? UnmaskSettings.DEFAULT : UnmaskSettings.builder().models(MODEL).build();

  @TempDir static Path folder;

  private static Path photos;
  private static Map<String, Command.Said> expected;
  private static SparkSession spark;

  @BeforeAll
  static void start() throws Exception {
    photos = java.nio.file.Files.createDirectory(folder.resolve("photos"));
    List<Path> files = Photos.write(photos, PHOTOS);
    expected = Command.classify(files, folder, MODEL);
    assertThat(expected).hasSize(PHOTOS);
    assertThat(expected.values().stream().filter(said -> said.error() != null))
        .hasSize(PHOTOS / 100);
    spark = Cluster.start("local-cluster[2,1,2048]");
    SETTINGS
        .detector()
        .forEach((key, value) -> spark.conf().set(UnmaskSettings.PREFIX + key, value));
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.stop();
    }
  }

  private Dataset<Row> binaryFiles() {
    return spark.read().format("binaryFile").load(photos.toString());
  }

  private static void requireSameRows(Dataset<Row> verdicts) {
    requireSameRows(verdicts, PHOTOS);
  }

  private static void requireSameRows(Dataset<Row> verdicts, int count) {
    List<Row> rows = verdicts.select("path", "verdict").collectAsList();
    assertThat(rows).hasSize(count);
    Map<String, Command.Said> said = new HashMap<>();
    for (Row row : rows) {
      Row verdict = row.getStruct(1);
      said.put(
          row.getString(0).replaceFirst("^file:", ""),
          new Command.Said(
              verdict.getAs("label"),
              verdict.getAs("probability"),
              size(verdict, "faces"),
              size(verdict, "evidence"),
              size(verdict, "warnings"),
              verdict.getAs("error")));
    }
    assertThat(said).hasSize(count);
    assertThat(expected).containsAllEntriesOf(said);
  }

  private static Integer size(Row verdict, String field) {
    int index = verdict.fieldIndex(field);
    return verdict.isNullAt(index) ? null : verdict.getList(index).size();
  }

  @Test
  void rowsAreThoseOfTheCommandAndAnExecutorOpensOneDetector() {
    requireSameRows(Unmask.classify(binaryFiles(), SETTINGS));
    // The other ways, for a tenth of the photos.
    Dataset<Row> some = binaryFiles().where("path LIKE '%7.jpg'");
    requireSameRows(Unmask.classifyFiles(some.select("path"), SETTINGS), PHOTOS / 10);
    requireSameRows(some.selectExpr("path", "unmask_classify(content) AS verdict"), PHOTOS / 10);
    List<Probe> executors = Cluster.probes(spark);
    assertThat(executors.size()).isGreaterThanOrEqualTo(2);
    assertThat(executors).allSatisfy(each -> assertThat(each.openings()).isEqualTo(1));
    assertThat(SharedDetectors.openings()).as("of the driver").isZero();
  }

  @Test
  void anExecutorThatDiesLosesNoPhotoAndDoublesNone() throws Exception {
    Path results = folder.resolve("results");
    List<Probe> before = Cluster.probes(spark);
    CompletableFuture<Void> job =
        CompletableFuture.runAsync(
            () -> Unmask.classify(binaryFiles(), SETTINGS).write().parquet(results.toString()));
    while (finishedTasks() < 6 && !job.isDone()) {
      Thread.sleep(50);
    }
    assertThat(job).as("the job is under way").isNotDone();
    long victim = before.get(0).pid();
    assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly()).isTrue();
    job.get();
    requireSameRows(spark.read().parquet(results.toString()));
    List<Probe> after = Cluster.probes(spark);
    assertThat(after).extracting(Probe::pid).doesNotContain(victim);
    assertThat(after.size()).as("another one took its place").isGreaterThanOrEqualTo(2);
  }

  private static int finishedTasks() {
    int finished = 0;
    for (int stage : spark.sparkContext().statusTracker().getActiveStageIds()) {
      var info = spark.sparkContext().statusTracker().getStageInfo(stage);
      finished += info.isDefined() ? info.get().numCompletedTasks() : 0;
    }
    return finished;
  }
}
