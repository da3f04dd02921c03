package io.unmask.spark;

import io.unmask.Detector;
import io.unmask.Outcome;
import java.util.Collections;
import java.util.Iterator;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/** Classifies the photos of a partition, one behind the other, as the rows are taken. */
final class PartitionClassifier implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1;

  private final UnmaskSettings settings;
  private final Photo photo;
  private final int[] kept;

  /**
   * Does nothing yet.
   *
   * @param kept the indices of the columns that stay; the verdict comes behind them
   */
  PartitionClassifier(UnmaskSettings settings, Photo photo, int[] kept) {
    this.settings = settings;
    this.photo = photo;
    this.kept = kept.clone();
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator(); // for which nobody needs a detector
    }
    Detector detector = SharedDetectors.of(settings);
    RowFeed feed = new RowFeed(rows, settings.ahead());
    Stream<Outcome<Row>> outcomes = detector.classifyAll(feed.stream(), photo::read);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> outcomes.close());
    return new Judged(feed, outcomes.iterator());
  }

  private final class Judged implements Iterator<Row> {
    private final RowFeed feed;
    private final Iterator<Outcome<Row>> outcomes;

    Judged(RowFeed feed, Iterator<Outcome<Row>> outcomes) {
      this.feed = feed;
      this.outcomes = outcomes;
    }

    @Override
    public boolean hasNext() {
      return feed.fill();
    }

    @Override
    public Row next() {
      feed.fill();
      Outcome<Row> outcome = outcomes.next();
      feed.done();
      return row(outcome);
    }
  }

  private Row row(Outcome<Row> outcome) {
    Object[] values = new Object[kept.length + 1];
    for (int i = 0; i < kept.length; i++) {
      values[i] = outcome.source().get(kept[i]);
    }
    values[kept.length] =
        outcome instanceof Outcome.Failed<Row> failed
            ? Verdicts.of(failed.error(), Photo.NAME)
            : Verdicts.of(outcome.classification().orElseThrow());
    return RowFactory.create(values);
  }
}
