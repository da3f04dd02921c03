package io.unmask.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.unmask.Detector;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;

@DisabledForJreRange(
    minVersion = 24,
    disabledReason = "Spark 4.1 brings Hadoop 3.4, which calls what Java 24 no longer has")
class UnmaskSqlTest {

  private final SparkSession spark = Sessions.local().newSession();

  /** Forty photos of a byte each; not of rows that Spark would work on while it plans. */
  @BeforeEach
  void numbers() {
    spark
        .range(0, 40, 1, 2)
        .selectExpr("id", "unhex(lpad(hex(id * 2), 2, '0')) AS content")
        .createOrReplaceTempView("numbers");
  }

  private void counting() {
    spark.conf().set("spark.unmask.provider", CountingProvider.NAME);
  }

  @Test
  void theFunctionSaysWhatADetectorSays() {
    String data = Sessions.DATA.toString();
    List<Row> rows =
        spark
            .sql(
                "SELECT unmask_classify(content).label, unmask_classify(content).probability,"
                    + " size(unmask_classify(content).faces) FROM binaryFile.`"
                    + data
                    + "/portrait.jpg`")
            .collectAsList();
    try (Detector detector = Detector.builder().threads(1).open()) {
      var expected = detector.classify(Sessions.DATA.resolve("portrait.jpg"));
      assertThat(rows)
          .containsExactly(
              RowFactory.create(
                  expected.label().name(), expected.probability(), expected.faces().size()));
    }
    assertThat(
            spark
                .sql(
                    "SELECT unmask_classify(content).error FROM binaryFile.`"
                        + data
                        + "/untrained.keras`")
                .head()
                .getString(0))
        .isNotEmpty();
  }

  @Test
  void theConfigurationSaysWhichDetector() {
    counting();
    assertThat(
            spark
                .sql("SELECT count(*) FROM numbers WHERE unmask_classify(content).label = 'FAKE'")
                .head()
                .getLong(0))
        .isEqualTo(14);
    spark.sql("SET spark.unmask.threshold=0.1");
    assertThat(
            spark
                .sql("SELECT count(*) FROM numbers WHERE unmask_classify(content).label = 'FAKE'")
                .head()
                .getLong(0))
        .isEqualTo(34);
    spark.sql("SET spark.unmask.threshold=high");
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> spark.sql("SELECT unmask_classify(content) FROM numbers"))
        .withStackTraceContaining(
            "spark.unmask.threshold: expected a number from 0 to 1, found 'high'");
    spark.sql("RESET spark.unmask.threshold");
    spark.sql("SET spark.unmask.treshold=0.1");
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> spark.sql("SELECT unmask_classify(content) FROM numbers"))
        .withStackTraceContaining(
            "spark.unmask.treshold: there is no setting 'treshold'; there are models, ");
  }

  @Test
  void aPhotoIsLookedAtOnceThoughTheVerdictIsFilteredByAndReturned() {
    counting();
    int before = CountingProvider.CALLS.get();
    List<Row> rows =
        spark
            .sql(
                "SELECT id, v.label, v.probability, v.error FROM (SELECT id, unmask_classify(content)"
                    + " AS v FROM numbers) WHERE v.label = 'FAKE' OR v.error IS NOT NULL")
            .collectAsList();
    assertThat(rows).hasSize(14);
    assertThat(CountingProvider.CALLS.get() - before).isEqualTo(40);
  }

  @Test
  void whatIsNoBytesIsRefusedWhenTheQueryIsAnalysed() {
    counting();
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> spark.sql("SELECT unmask_classify(id) FROM numbers"))
        .withMessageContaining("unmask_classify takes the bytes of a photo (binary), not bigint");
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> spark.sql("SELECT unmask_classify(content, id) FROM numbers"))
        .withStackTraceContaining("unmask_classify takes the bytes of a photo, such as");
    assertThat(spark.sql("SELECT unmask_classify(CAST(NULL AS BINARY)).error").head().getString(0))
        .isEqualTo("there are no bytes, expected an image");
    assertThat(spark.sql("DESCRIBE FUNCTION unmask_classify").collectAsList().toString())
        .contains("says whether the photo with these bytes is real or generated");
  }
}
