package io.unmask.spark;

import io.unmask.Classification;
import io.unmask.FaceVerdict;
import io.unmask.error.DetectorException;
import io.unmask.error.InterruptionException;
import io.unmask.image.provenance.Evidence;
import io.unmask.spi.Face;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What is said of a photo, as a row. */
final class Verdicts {

  private static final StructType FACE =
      new StructType()
          .add("left", DataTypes.DoubleType, false)
          .add("top", DataTypes.DoubleType, false)
          .add("right", DataTypes.DoubleType, false)
          .add("bottom", DataTypes.DoubleType, false)
          .add("score", DataTypes.DoubleType, false)
          .add("label", DataTypes.StringType, false)
          .add("probability", DataTypes.DoubleType, false)
          .add("reason", DataTypes.StringType, true);

  private static final StructType EVIDENCE =
      new StructType()
          .add("source", DataTypes.StringType, false)
          .add("claim", DataTypes.StringType, false)
          .add("generator", DataTypes.StringType, true)
          .add("detail", DataTypes.StringType, false)
          .add("verified", DataTypes.StringType, false);

  /** Label, probability, faces, warnings, evidence, error. */
  static final StructType TYPE =
      new StructType()
          .add("label", DataTypes.StringType, true)
          .add("probability", DataTypes.DoubleType, true)
          .add("faces", listOf(FACE), true)
          .add("warnings", listOf(DataTypes.StringType), true)
          .add("evidence", listOf(EVIDENCE), true)
          .add("error", DataTypes.StringType, true);

  private Verdicts() {}

  private static ArrayType listOf(DataType type) {
    return DataTypes.createArrayType(type, false);
  }

  /** The row of a photo that was classified. */
  static Row of(Classification result) {
    return RowFactory.create(
        result.label().name(),
        result.isJudged() ? result.probability() : null,
        rows(result.faces(), Verdicts::face),
        rows(result.warnings(), Classification.Warning::text),
        rows(result.evidence(), Verdicts::evidence),
        null);
  }

  /**
   * The row of a photo that could not be.
   *
   * @param name what the message begins with, which need not be repeated beside the photo's path
   * @throws InterruptionException if that is why: the task is about to end, and the photo is not to
   *     blame
   */
  static Row of(DetectorException error, String name) {
    if (error instanceof InterruptionException interruption) {
      throw interruption;
    }
    String message = String.valueOf(error.getMessage());
    String prefix = name + ": ";
    return unreadable(message.startsWith(prefix) ? message.substring(prefix.length()) : message);
  }

  /** The row of a photo that could not be classified. */
  static Row unreadable(String reason) {
    return RowFactory.create(null, null, null, null, null, reason);
  }

  private static Row face(FaceVerdict verdict) {
    Face.Box box = verdict.box();
    return RowFactory.create(
        box.left(),
        box.top(),
        box.right(),
        box.bottom(),
        verdict.face().score(),
        verdict.label().name(),
        verdict.probability(),
        verdict.reason().orElse(null));
  }

  private static Row evidence(Evidence evidence) {
    return RowFactory.create(
        evidence.source().key(),
        evidence.claim().key(),
        evidence.generator().orElse(null),
        evidence.detail(),
        evidence.verified().key());
  }

  private static <T> Object[] rows(List<T> items, Function<T, Object> row) {
    return items.stream().map(row).toArray();
  }
}
