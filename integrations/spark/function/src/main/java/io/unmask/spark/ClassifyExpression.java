package io.unmask.spark;

import io.unmask.EncodedImage;
import io.unmask.error.DetectorException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** {@code unmask_classify(content)}, on whatever executor a query runs it. */
final class ClassifyExpression extends Expression implements CodegenFallback, Serializable {

  private static final long serialVersionUID = 1;

  private final Expression child;
  private final UnmaskSettings settings;

  ClassifyExpression(Expression child, UnmaskSettings settings) {
    this.child = child;
    this.settings = settings;
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(List.of(child)).toSeq();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new ClassifyExpression(children.head(), settings);
  }

  @Override
  public DataType dataType() {
    return Verdicts.TYPE;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  /** Not even of bytes that stand in the query: that would be done while it is planned. */
  @Override
  public boolean foldable() {
    return false;
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    DataType found = child.dataType();
    return found instanceof BinaryType
        ? TypeCheckResult.TypeCheckSuccess$.MODULE$
        : new TypeCheckResult.TypeCheckFailure(
            "unmask_classify takes the bytes of a photo (binary), not " + found.simpleString());
  }

  @Override
  public Object eval(InternalRow input) {
    byte @Nullable [] content = (byte[]) child.eval(input);
    return LastVerdict.of(settings, content, () -> verdict(content));
  }

  private Object verdict(byte @Nullable [] content) {
    Row row;
    if (content == null) {
      row = Verdicts.unreadable("there are no bytes, expected an image");
    } else {
      try {
        row =
            Verdicts.of(
                SharedDetectors.of(settings).classify(new EncodedImage(Photo.NAME, content)));
      } catch (DetectorException e) {
        row = Verdicts.of(e, Photo.NAME);
      }
    }
    return CatalystTypeConverters.createToCatalystConverter(Verdicts.TYPE).apply(row);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public String prettyName() {
    return "unmask_classify";
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> child;
      case 1 -> settings;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ClassifyExpression;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ClassifyExpression that
        && child.equals(that.child)
        && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return Objects.hash(child, settings);
  }
}
