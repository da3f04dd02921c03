package io.unmask.training.run;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.unmask.Detector;
import io.unmask.evaluation.Metric;
import io.unmask.evaluation.Metrics;
import io.unmask.evaluation.Predictions;
import io.unmask.spi.InputFormat;
import io.unmask.training.augmentation.Degradation;
import io.unmask.training.augmentation.FloatImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * How good the models are on images that they have not seen, once these have gone through what
 * images go through: each fold's model on its own validation images, all folds pooled.
 */
final class Robustness {

  private final ImageSamples images;
  private final double threshold;
  private final ExecutorService threads;
  private final TrainingListener listener;
  private final Map<String, Predictions.Accumulator> predictions = new LinkedHashMap<>();

  Robustness(
      ImageSamples images, double threshold, ExecutorService threads, TrainingListener listener) {
    this.images = images;
    this.threshold = threshold;
    this.threads = threads;
    this.listener = listener;
    Degradation.STANDARD.forEach(
        degradation -> predictions.put(degradation.name(), new Predictions.Accumulator()));
  }

  /** Adds what one fold's model says of the images that it has not seen. */
  void add(Detector detector, int[] unseen, String work) {
    listener.begins(work, unseen.length);
    List<Future<double[]>> scores = new ArrayList<>();
    for (int image : unseen) {
      scores.add(threads.submit(() -> scores(detector, image)));
    }
    for (int i = 0; i < unseen.length; i++) {
      double[] ofImage = Interruptible.get(scores.get(i));
      int next = 0;
      for (Predictions.Accumulator each : predictions.values()) {
        each.add(ofImage[next++], images.faces().images().get(unseen[i]).fake());
      }
      listener.step();
    }
    listener.ends();
  }

  private double[] scores(Detector detector, int image) {
    InputFormat format = images.format();
    float[] pixels = images.unscaled(image);
    FloatImage whole = new FloatImage(format.height(), format.width(), pixels);
    return Degradation.STANDARD.stream()
        .mapToDouble(each -> probability(detector, each.change().apply(whole).pixels()))
        .toArray();
  }

  private double probability(Detector detector, float[] pixels) {
    return detector.classify(images.scaled(pixels.clone())).probability();
  }

  /** The metrics by the name of what was done to the images. */
  Map<String, Metrics> metrics() {
    return ImmutableMap.copyOf(
        Maps.transformValues(predictions, each -> new Metrics(each.snapshot(), threshold)));
  }

  /** As text, a line a degradation. */
  static String csv(Map<String, Metrics> metrics) {
    StringBuilder text = new StringBuilder("degradation,auc,accuracy\r\n");
    metrics.forEach(
        (name, each) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%s,%s,%s\r\n",
                    name,
                    each.get(Metric.AUC).orElse(Double.NaN),
                    each.get(Metric.ACCURACY).orElse(Double.NaN))));
    return text.toString();
  }
}
