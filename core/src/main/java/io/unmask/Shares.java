package io.unmask;

import io.unmask.image.ViewPlace;
import io.unmask.network.attribution.Attribution;
import io.unmask.network.attribution.LogitShares;
import io.unmask.network.attribution.ShareMap;
import io.unmask.spi.Program;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Maps of networks that can be taken apart. Thread-safe. */
final class Shares implements Explainer.PartExplainer {

  /** How many images are run at once; feature maps of many would take much memory. */
  private static final int BATCH = 8;

  /** A step on the scale of logits over which rules of fusion are straight. */
  private static final double STEP = 1e-3;

  /** Beyond these logits fusion does not tell probabilities apart. */
  private static final double STEEPEST = 15;

  /** How far from a straight line a rule may lie that is one but for rounding. */
  private static final double STRAIGHT = 1e-5;

  private final Attribution attribution;
  private final Program features;
  private final Verdicts verdicts;
  private final int imageSize;

  /**
   * Takes a program over, to close it.
   *
   * @param features runs what the attribution wants of an image
   * @param imageSize the number of floats in an image
   */
  Shares(Attribution attribution, Program features, Verdicts verdicts, int imageSize) {
    this.attribution = attribution;
    this.features = features;
    this.verdicts = verdicts;
    this.imageSize = imageSize;
  }

  @Override
  public Heatmap explain(FloatBuffer images, List<ViewPlace> places) {
    List<List<LogitShares>> byImage = new ArrayList<>();
    for (int start = 0; start < places.size(); start += BATCH) {
      byImage.addAll(run(images, start, Math.min(BATCH, places.size() - start)));
    }
    int members = byImage.get(0).size();
    double[][] logits = new double[members][places.size()];
    for (int m = 0; m < members; m++) {
      for (int i = 0; i < places.size(); i++) {
        logits[m][i] = byImage.get(i).get(m).logit();
      }
    }
    double[][] weights = weights(logits);
    MapCanvas canvas = canvas(places, byImage);
    double straight = verdicts.calibration().offset();
    for (int i = 0; i < places.size(); i++) {
      for (int m = 0; m < members; m++) {
        for (ShareMap map : byImage.get(i).get(m).maps()) {
          canvas.add(places.get(i), scaled(map, weights[m][i]), map.rows());
        }
        straight += weights[m][i] * logits[m][i];
      }
    }
    double logit = verdicts.logit(logits);
    boolean exact = Math.abs(logit - straight) <= STRAIGHT * Math.max(1, Math.abs(logit));
    return canvas.finish(logit, exact ? Heatmap.Method.EXACT : Heatmap.Method.FIRST_ORDER);
  }

  private List<List<LogitShares>> run(FloatBuffer images, int start, int count) {
    FloatBuffer part = images.duplicate();
    int from = images.position() + start * imageSize;
    part.limit(from + count * imageSize).position(from);
    float[][] outputs = features.run(part, count);
    List<List<LogitShares>> shares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<float[]> own = new ArrayList<>();
      for (float[] output : outputs) {
        int size = output.length / count;
        own.add(Arrays.copyOfRange(output, i * size, (i + 1) * size));
      }
      shares.add(attribution.shares(own));
    }
    return shares;
  }

  private static MapCanvas canvas(List<ViewPlace> places, List<List<LogitShares>> byImage) {
    int rows = 1;
    int columns = 1;
    for (LogitShares shares : byImage.get(0)) {
      for (ShareMap map : shares.maps()) {
        rows = Math.max(rows, map.rows());
        columns = Math.max(columns, map.columns());
      }
    }
    return MapCanvas.over(places, rows, columns);
  }

  /** By how much the result's logit changes with each one's. */
  private double[][] weights(double[][] logits) {
    double[][] moved = new double[logits.length][];
    for (int m = 0; m < logits.length; m++) {
      moved[m] =
          Arrays.stream(logits[m]).map(l -> Math.max(-STEEPEST, Math.min(STEEPEST, l))).toArray();
    }
    double[][] weights = new double[logits.length][logits[0].length];
    for (int m = 0; m < weights.length; m++) {
      for (int i = 0; i < weights[m].length; i++) {
        double there = moved[m][i];
        moved[m][i] = there + STEP;
        double above = verdicts.logit(moved);
        moved[m][i] = there - STEP;
        double below = verdicts.logit(moved);
        moved[m][i] = there;
        weights[m][i] = (above - below) / (2 * STEP);
      }
    }
    return weights;
  }

  private static double[] scaled(ShareMap map, double factor) {
    double[] scaled = new double[map.rows() * map.columns()];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = factor * map.share(i / map.columns(), i % map.columns());
    }
    return scaled;
  }

  @Override
  public void close() {
    features.close();
  }
}
