package io.unmask.spark;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Classifies the photos of a dataset, static or streaming. Each row gets a verdict, in order, and
 * no row is lost. If a photo cannot be read, the verdict of its row has an {@code error}. A task
 * fails only if the detector cannot be opened.
 *
 * <pre>{@code
 * Dataset<Row> photos = spark.read().format("binaryFile").load("s3a://photos/2026");
 * Unmask.classify(photos, UnmaskSettings.DEFAULT).select("path", "verdict.*");
 * }</pre>
 *
 * <p>Every JVM that runs tasks opens one detector for each {@link UnmaskSettings}, when it is first
 * needed, and closes it when the JVM ends.
 */
public final class Unmask {

  private Unmask() {}

  /**
   * The fields of a verdict: {@code label} ({@code REAL}, {@code FAKE}, {@code UNCERTAIN} or {@code
   * NO_FACE}), {@code probability} (that the photo is fake, from 0 to 1; null without a face),
   * {@code faces}, {@code warnings}, {@code evidence}, and {@code error}, the reason why all other
   * fields are null.
   */
  public static StructType verdictType() {
    return Verdicts.TYPE;
  }

  /**
   * Classifies photos whose bytes are in a column, as {@code binaryFile} reads them.
   *
   * @return all columns except the one with the bytes, and the verdict as the last column
   * @throws IllegalArgumentException if there is no such column, it does not contain bytes, or
   *     there already is a column with the name of the verdict
   */
  public static Dataset<Row> classify(Dataset<Row> photos, UnmaskSettings settings) {
    Objects.requireNonNull(settings, "settings");
    StructType columns = photos.schema();
    int content = index(columns, settings.content(), DataTypes.BinaryType);
    int[] kept = IntStream.range(0, columns.length()).filter(i -> i != content).toArray();
    return classify(photos, settings, new Photo.Bytes(content), kept);
  }

  /**
   * Classifies photos whose paths are in a column. Each task reads its files itself, while it
   * classifies others. So no photo travels between executors, and a photo that a filter or a join
   * leaves out is never read.
   *
   * @param files paths in any file system that Hadoop knows, such as {@code s3a://photos/1.jpg}
   * @return all columns, and the verdict as the last column
   * @throws IllegalArgumentException if there is no such column, it does not contain strings, or
   *     there already is a column with the name of the verdict
   */
  public static Dataset<Row> classifyFiles(Dataset<Row> files, UnmaskSettings settings) {
    Objects.requireNonNull(settings, "settings");
    StructType columns = files.schema();
    int path = index(columns, settings.path(), DataTypes.StringType);
    SerializableConfiguration hadoop =
        new SerializableConfiguration(files.sparkSession().sparkContext().hadoopConfiguration());
    int[] kept = IntStream.range(0, columns.length()).toArray();
    return classify(files, settings, new Photo.File(path, hadoop), kept);
  }

  private static Dataset<Row> classify(
      Dataset<Row> rows, UnmaskSettings settings, Photo photo, int[] kept) {
    StructField[] columns = rows.schema().fields();
    StructType result =
        new StructType(Arrays.stream(kept).mapToObj(i -> columns[i]).toArray(StructField[]::new));
    if (Arrays.asList(result.fieldNames()).contains(settings.verdict())) {
      throw new IllegalArgumentException(
          "there already is a column '%s'; drop it, or name the verdict otherwise with UnmaskSettings.builder().verdict(...)"
              .formatted(settings.verdict()));
    }
    return rows.mapPartitions(
        new PartitionClassifier(settings, photo, kept),
        Encoders.row(result.add(settings.verdict(), Verdicts.TYPE, false)));
  }

  private static int index(StructType columns, String name, DataType type) {
    String[] names = columns.fieldNames();
    int index = Arrays.asList(names).indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "there is no column '%s' among %s; name it with UnmaskSettings.builder()"
              .formatted(name, Arrays.toString(names)));
    }
    DataType found = columns.fields()[index].dataType();
    if (!found.equals(type)) {
      throw new IllegalArgumentException(
          "column '%s': expected %s, found %s"
              .formatted(name, type.simpleString(), found.simpleString()));
    }
    return index;
  }
}
