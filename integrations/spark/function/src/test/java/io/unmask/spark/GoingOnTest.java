package io.unmask.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipes of docs/spark.md for jobs that died. */
@DisabledForJreRange(
    minVersion = 24,
    disabledReason = "Spark 4.1 brings Hadoop 3.4, which calls what Java 24 no longer has")
class GoingOnTest {

  private static final UnmaskSettings SETTINGS =
      UnmaskSettings.builder().provider(CountingProvider.NAME).threshold(0.5).build();
  private static final int PHOTOS = 60;

  private final SparkSession spark = Sessions.local();

  @TempDir Path folder;

  private Path photos;
  private String results;

  @BeforeEach
  void write() throws Exception {
    photos = Files.createDirectory(folder.resolve("photos"));
    results = folder.resolve("results").toString();
    for (int i = 0; i < PHOTOS; i++) {
      // Every tenth cannot be read.
      Files.write(photos.resolve(i + ".jpg"), new byte[] {(byte) (i % 10 == 9 ? 255 : i)});
    }
  }

  private void requireAllOnce() {
    List<Row> rows = spark.read().parquet(results).select("path", "verdict").collectAsList();
    assertThat(rows.stream().map(row -> name(row.getString(0))).toList())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, PHOTOS).mapToObj(i -> i + ".jpg").toList());
    for (Row row : rows) {
      int i = Integer.parseInt(name(row.getString(0)).replace(".jpg", ""));
      Row verdict = row.getStruct(1);
      if (i % 10 == 9) {
        assertThat(verdict.<String>getAs("error")).isEqualTo("no picture of any kind");
      } else {
        assertThat(verdict.<Double>getAs("probability")).isEqualTo(i / 100.0);
      }
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Results may lie on another file system than the driver's, and then their name is a URI. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void inSlicesWhatIsThereIsLeftOut(boolean uri) throws IOException {
    if (uri) {
      results = folder.resolve("results").toUri().toString();
    }
    int slices = 4;
    Files.createDirectories(folder.resolve("results/_temporary")); // of a job that died at once
    classifySlices(slices, 2); // and then the job died
    assertThat(spark.read().parquet(results).count()).isBetween(1L, PHOTOS - 1L);
    int before = CountingProvider.CALLS.get();
    long there = spark.read().parquet(results).count();
    classifySlices(slices, slices);
    requireAllOnce();
    assertThat(CountingProvider.CALLS.get() - before).isEqualTo(PHOTOS - (int) there);
    before = CountingProvider.CALLS.get();
    classifySlices(slices, slices);
    requireAllOnce();
    assertThat(CountingProvider.CALLS.get()).isEqualTo(before);
  }

  private void classifySlices(int slices, int until) throws IOException {
    Dataset<Row> listed =
        spark.read().format("binaryFile").load(photos.toString()).select("path", "length");
    var place = new org.apache.hadoop.fs.Path(results);
    var fileSystem = place.getFileSystem(spark.sparkContext().hadoopConfiguration());
    for (int slice = 0; slice < until; slice++) {
      Dataset<Row> todo =
          listed.where(pmod(xxhash64(col("path")), lit(slices)).equalTo(lit(slice)));
      if (fileSystem.exists(place)) {
        Dataset<Row> done = spark.read().schema("path STRING").parquet(results);
        todo = todo.join(done, todo.col("path").equalTo(done.col("path")), "left_anti");
      }
      Unmask.classifyFiles(todo, SETTINGS).write().mode("append").parquet(results);
    }
  }

  @Test
  void aStreamGoesOnBehindItsCheckpoint() throws Exception {
    CountingProvider.DEADLY.set(33);
    try {
      assertThatExceptionOfType(StreamingQueryException.class)
          .isThrownBy(() -> stream().awaitTermination())
          .withStackTraceContaining("this executor is dead");
    } finally {
      CountingProvider.DEADLY.set(-1);
    }
    int before = CountingProvider.CALLS.get();
    stream().awaitTermination();
    assertThat(CountingProvider.CALLS.get() - before).isBetween(1, PHOTOS - 1);
    requireAllOnce();
  }

  private StreamingQuery stream() throws Exception {
    Dataset<Row> listed =
        spark
            .readStream()
            .format("binaryFile")
            .schema(spark.read().format("binaryFile").load(photos.toString()).schema())
            .option("maxFilesPerTrigger", 7)
            .load(photos.toString());
    return Unmask.classify(listed, SETTINGS)
        .writeStream()
        .format("parquet")
        .option("path", results)
        .option("checkpointLocation", folder.resolve("checkpoint").toString())
        .trigger(Trigger.AvailableNow())
        .start();
  }
}
