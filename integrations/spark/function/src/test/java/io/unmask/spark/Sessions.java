package io.unmask.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** The Spark that the tests run on, in this JVM. */
final class Sessions {

  static final Path DATA = Path.of("../../../examples/data").toAbsolutePath().normalize();

  private Sessions() {}

  /** One for all tests, on two threads. It ends with the JVM. */
  static SparkSession local() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("unmask-tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.extensions", UnmaskExtension.class.getName())
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", Path.of("target/warehouse").toUri().toString())
        .getOrCreate();
  }
}
