package io.unmask.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.FaceVerdict;
import io.unmask.error.InterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

@DisabledForJreRange(
    minVersion = 24,
    disabledReason = "Spark 4.1 brings Hadoop 3.4, which calls what Java 24 no longer has")
class UnmaskTest {

  private static final UnmaskSettings COUNTING =
      UnmaskSettings.builder().provider(CountingProvider.NAME).build();

  private static final StructType BYTES =
      new StructType()
          .add("id", DataTypes.LongType, false)
          .add("content", DataTypes.BinaryType, true);

  private final SparkSession spark = Sessions.local();

  @TempDir Path folder;

  private Dataset<Row> photos() throws Exception {
    byte[] portrait = Files.readAllBytes(Sessions.DATA.resolve("portrait.jpg"));
    Files.write(folder.resolve("portrait.jpg"), portrait);
    Files.copy(Sessions.DATA.resolve("astronaut.jpg"), folder.resolve("astronaut.jpg"));
    Files.write(folder.resolve("torn.jpg"), Arrays.copyOf(portrait, 5000));
    Files.writeString(folder.resolve("text.jpg"), "no photo");
    return spark.read().format("binaryFile").load(folder.toString());
  }

  private Dataset<Row> bytes(List<Row> rows, int partitions) {
    return spark.createDataFrame(rows, BYTES).repartition(partitions);
  }

  private static List<Row> numbered(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> RowFactory.create((long) i, new byte[] {(byte) (i % 101)}))
        .toList();
  }

  private static Map<String, Row> byName(Dataset<Row> rows) {
    return rows.collectAsList().stream()
        .collect(
            Collectors.toMap(
                row ->
                    row.<String>getAs("path")
                        .substring(row.<String>getAs("path").lastIndexOf('/') + 1),
                row -> row.<Row>getAs("verdict")));
  }

  @Test
  void verdictsAreThoseOfADetectorAndErrorsAreRows() throws Exception {
    Dataset<Row> result = Unmask.classify(photos(), UnmaskSettings.DEFAULT);
    assertThat(result.columns()).containsExactly("path", "modificationTime", "length", "verdict");
    Map<String, Row> verdicts = byName(result);
    assertThat(verdicts).hasSize(4);
    try (Detector detector = Detector.builder().threads(1).open()) {
      for (String name : List.of("portrait.jpg", "astronaut.jpg")) {
        Classification expected = detector.classify(Sessions.DATA.resolve(name));
        Row verdict = verdicts.get(name);
        assertThat(verdict.<String>getAs("label")).isEqualTo(expected.label().name());
        assertThat(verdict.<Double>getAs("probability")).isEqualTo(expected.probability());
        List<Row> faces = verdict.getList(verdict.fieldIndex("faces"));
        FaceVerdict face = expected.faces().get(0);
        assertThat(faces).hasSize(expected.faces().size());
        assertThat(faces.get(0).<Double>getAs("left")).isEqualTo(face.box().left());
        assertThat(faces.get(0).<String>getAs("label")).isEqualTo(face.label().name());
        assertThat(verdict.getList(verdict.fieldIndex("evidence")))
            .hasSize(expected.evidence().size());
        assertThat(verdict.<String>getAs("error")).isNull();
      }
    }
    assertThat(verdicts.get("torn.jpg").<String>getAs("error"))
        .startsWith("the JPEG file is cut off");
    assertThat(verdicts.get("torn.jpg").<String>getAs("label")).isNull();
    assertThat(verdicts.get("text.jpg").<String>getAs("error"))
        .isNotEmpty()
        .doesNotStartWith("photo");
  }

  @Test
  void filesAreReadByTheTasksAndThoseThatAreMissingAreRows() throws Exception {
    Dataset<Row> files = photos().select("path");
    Path empty = Files.write(folder.resolve("empty.jpg"), new byte[0]);
    Dataset<Row> more =
        files.union(
            spark.createDataFrame(
                List.of(
                    RowFactory.create(folder.resolve("gone.jpg").toString()),
                    RowFactory.create(empty.toString()),
                    RowFactory.create((Object) null)),
                new StructType().add("path", DataTypes.StringType, true)));
    List<Row> rows =
        Unmask.classifyFiles(more, UnmaskSettings.DEFAULT)
            .select("path", "verdict")
            .collectAsList();
    assertThat(rows).hasSize(7);
    Map<String, Row> read =
        byName(
            Unmask.classify(
                spark.read().format("binaryFile").load(folder.toString()), UnmaskSettings.DEFAULT));
    for (Row row : rows) {
      String path = row.getString(0);
      Row verdict = row.getStruct(1);
      if (path == null) {
        assertThat(verdict.<String>getAs("error")).startsWith("there is no path");
      } else if (path.endsWith("empty.jpg")) {
        assertThat(verdict.<String>getAs("error"))
            .isEqualTo("empty, expected an image; copy or download it again");
      } else if (path.endsWith("gone.jpg")) {
        assertThat(verdict.<String>getAs("error")).isEqualTo("there is no such file");
      } else {
        assertThat(verdict).isEqualTo(read.get(path.substring(path.lastIndexOf('/') + 1)));
      }
    }
  }

  @Test
  void rowsKeepTheirOrderInAPartitionAndNoneIsLostOrDoubled() {
    for (int partitions : new int[] {1, 3, 40}) {
      Dataset<Row> photos = bytes(numbered(500), partitions);
      List<Long> before =
          photos.select("id").collectAsList().stream().map(row -> row.getLong(0)).toList();
      List<Row> after = Unmask.classify(photos, COUNTING).collectAsList();
      assertThat(after.stream().map(row -> row.getLong(0)).sorted().toList())
          .isEqualTo(IntStream.range(0, 500).mapToObj(i -> (long) i).toList());
      assertThat(before).hasSize(500);
      for (Row row : after) {
        assertThat(row.getStruct(1).getDouble(1)).isEqualTo((row.getLong(0) % 101) / 100.0);
      }
    }
    List<Row> one =
        Unmask.classify(spark.createDataFrame(numbered(50), BYTES).coalesce(1), COUNTING)
            .collectAsList();
    assertThat(one.stream().map(row -> row.getLong(0)).toList()).isSorted();
  }

  @Test
  void whatATaskDoesNotTakeIsNotRead() {
    int before = CountingProvider.CALLS.get();
    List<Row> first =
        Unmask.classify(spark.createDataFrame(numbered(400), BYTES).coalesce(1), COUNTING)
            .limit(3)
            .collectAsList();
    assertThat(first).hasSize(3);
    assertThat(CountingProvider.CALLS.get() - before).isBetween(3, 3 + COUNTING.ahead());
  }

  @Test
  void anyColumnOfBytesWillDo() {
    UnmaskSettings settings =
        UnmaskSettings.builder()
            .provider(CountingProvider.NAME)
            .content("jpeg")
            .verdict("unmask")
            .ahead(1)
            .build();
    Dataset<Row> photos =
        spark.createDataFrame(
            List.of(
                RowFactory.create(new byte[] {70}, "a"),
                RowFactory.create(null, "b"),
                RowFactory.create(new byte[] {-1}, "c")),
            new StructType()
                .add("jpeg", DataTypes.BinaryType, true)
                .add("key", DataTypes.StringType, false));
    assertThat(
            Unmask.classify(photos, settings)
                .select("key", "unmask.label", "unmask.error")
                .collectAsList())
        .containsExactlyInAnyOrder(
            RowFactory.create("a", "FAKE", null),
            RowFactory.create("b", null, "there are no bytes, expected an image"),
            RowFactory.create("c", null, "no picture of any kind"));
  }

  @Test
  void aWrongColumnIsRefusedAtOnce() {
    Dataset<Row> photos = bytes(numbered(1), 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Unmask.classify(photos, UnmaskSettings.builder().content("jpeg").build()))
        .withMessageContaining("there is no column 'jpeg' among [id, content]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Unmask.classify(photos, UnmaskSettings.builder().content("id").build()))
        .withMessage("column 'id': expected binary, found bigint");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Unmask.classify(photos, UnmaskSettings.builder().verdict("id").build()))
        .withMessageContaining("there already is a column 'id'");
  }

  @Test
  void aJvmOpensOneDetectorForASettingHoweverManyTasksThereAre() {
    UnmaskSettings settings =
        UnmaskSettings.builder().provider(CountingProvider.NAME).threshold(0.123).build();
    int before = CountingProvider.OPENED.get();
    Unmask.classify(bytes(numbered(100), 20), settings).collectAsList();
    Unmask.classify(bytes(numbered(100), 20), settings).collectAsList();
    assertThat(CountingProvider.OPENED.get() - before).isEqualTo(1);
  }

  @Test
  void aDetectorThatCannotBeOpenedFailsTheTaskAndSaysWhere() {
    Dataset<Row> photos = bytes(numbered(1), 1);
    UnmaskSettings gone = UnmaskSettings.builder().models("/gone/model.keras").build();
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> Unmask.classify(photos, gone).collectAsList())
        .withStackTraceContaining("executor driver on 127.0.0.1 cannot open a detector with")
        .withStackTraceContaining("/gone/model.keras");
    UnmaskSettings unshipped = UnmaskSettings.builder().models("addFile:nowhere.keras").build();
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> Unmask.classify(photos, unshipped).collectAsList())
        .withStackTraceContaining("nowhere.keras was not shipped, expected it at ")
        .withStackTraceContaining(
            "call SparkContext.addFile(\".../nowhere.keras\") before the job");
  }

  @Test
  void anInterruptedTaskIsNoVerdictOnItsPhoto() {
    InterruptionException interruption = new InterruptionException("photo", null);
    assertThatExceptionOfType(InterruptionException.class)
        .isThrownBy(() -> Verdicts.of(interruption, "photo"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void modelsMayLieInAPathOrBeShipped() throws Exception {
    Path model = Sessions.DATA.resolve("untrained.keras");
    Dataset<Row> photos =
        spark.read().format("binaryFile").load(Sessions.DATA.resolve("portrait.jpg").toString());
    double expected;
    try (Detector detector = Detector.builder().model(model).threads(1).open()) {
      expected = detector.classify(Sessions.DATA.resolve("portrait.jpg")).probability();
    }
    spark.sparkContext().addFile(model.toString());
    for (String place : List.of(model.toString(), "addFile:untrained.keras")) {
      UnmaskSettings settings = UnmaskSettings.builder().models(place).build();
      Row row = Unmask.classify(photos, settings).select("verdict.probability").head();
      assertThat(row.getDouble(0)).isEqualTo(expected);
    }
  }
}
