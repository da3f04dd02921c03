package io.unmask.spark;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.internal.SQLConf;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * Adds the function {@code unmask_classify} to Spark's SQL, with {@code
 * spark.sql.extensions=io.unmask.spark.UnmaskExtension}. The function takes bytes and returns a
 * verdict as {@link Unmask#verdictType} describes. It uses the values that the settings {@code
 * spark.unmask.*} have when the query is analysed.
 */
public final class UnmaskExtension implements Function1<SparkSessionExtensions, BoxedUnit> {

  private static final String NAME = "unmask_classify";

  /** Called by Spark. */
  public UnmaskExtension() {}

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectFunction(
        new Tuple3<>(
            new FunctionIdentifier(NAME),
            new ExpressionInfo(
                ClassifyExpression.class.getName(),
                "",
                NAME,
                "_FUNC_(content) - says whether the photo with these bytes is real or generated: a"
                    + " struct of label, probability, faces, warnings, evidence and error",
                "",
                "",
                "",
                "misc_funcs",
                "",
                "",
                "scala_udf"),
            UnmaskExtension::expression));
    return BoxedUnit.UNIT;
  }

  private static Expression expression(Seq<Expression> arguments) {
    if (arguments.length() != 1) {
      throw new IllegalArgumentException(
          "%s takes the bytes of a photo, such as %s(content), not %d arguments"
              .formatted(NAME, NAME, arguments.length()));
    }
    return new ClassifyExpression(arguments.head(), settings());
  }

  /** What Spark's configuration says. */
  private static UnmaskSettings settings() {
    Map<String, String> settings = new TreeMap<>();
    for (Map.Entry<String, String> each :
        CollectionConverters.asJava(SQLConf.get().getAllConfs()).entrySet()) {
      if (each.getKey().startsWith(UnmaskSettings.PREFIX)) {
        String key = each.getKey().substring(UnmaskSettings.PREFIX.length());
        requireKnown(key);
        settings.put(key, each.getValue().strip());
      }
    }
    try {
      return UnmaskSettings.of(settings);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(UnmaskSettings.PREFIX + e.getMessage(), e);
    }
  }

  private static void requireKnown(String key) {
    try {
      Setting.of(key);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(UnmaskSettings.PREFIX + key + ": " + e.getMessage(), e);
    }
  }
}
