package io.unmask.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What docs/spark.md shows. */
final class ExampleJob {

  private ExampleJob() {}

  static void run(SparkSession spark) {
    Dataset<Row> photos = spark.read().format("binaryFile").load("s3a://photos/2026");
    Unmask.classify(photos, UnmaskSettings.DEFAULT)
        .select("path", "verdict.*")
        .write()
        .parquet("s3a://verdicts/2026");
  }

  static Dataset<Row> own(SparkSession spark, Dataset<Row> photos) {
    spark.sparkContext().addFile("/home/me/fold_1.keras"); // goes to every executor
    UnmaskSettings settings =
        UnmaskSettings.builder().models("addFile:fold_1.keras").threshold(0.8).build();
    return Unmask.classify(photos, settings);
  }
}
