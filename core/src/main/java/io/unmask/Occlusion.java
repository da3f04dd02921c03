package io.unmask;

import io.unmask.image.ViewPlace;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Logit;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Maps of networks that cannot be taken apart: a patch after the other is covered with the image's
 * mean colour, and what the logit loses is what the patch adds (Zeiler and Fergus,
 * arXiv:1311.2901). Thread-safe.
 */
final class Occlusion implements Explainer.PartExplainer {

  /** Patches a side. */
  private static final int PATCHES = 8;

  private final Inference inference;
  private final Verdicts verdicts;
  private final InputFormat input;

  /** Runs the whole network on images of the format. */
  Occlusion(Inference inference, Verdicts verdicts, InputFormat input) {
    this.inference = inference;
    this.verdicts = verdicts;
    this.input = input;
  }

  @Override
  public Heatmap explain(FloatBuffer images, List<ViewPlace> places) {
    int rows = Math.min(PATCHES, input.height());
    int columns = Math.min(PATCHES, input.width());
    MapCanvas canvas = MapCanvas.over(places, rows, columns);
    float[][] shown = new float[places.size()][input.size()];
    FloatBuffer source = images.duplicate();
    double[][] logits = new double[verdicts.members().size()][places.size()];
    FloatBuffer buffer = buffer();
    for (int i = 0; i < shown.length; i++) {
      source.get(shown[i]);
      buffer.clear().put(shown[i]).flip();
      double[][] said = run(buffer, 1);
      for (int m = 0; m < logits.length; m++) {
        logits[m][i] = said[m][0];
      }
    }
    double logit = verdicts.logit(logits);
    for (int i = 0; i < shown.length; i++) {
      double[] map = new double[rows * columns];
      double[][] covered = covered(shown[i], rows, columns);
      for (int patch = 0; patch < map.length; patch++) {
        double[][] changed = new double[logits.length][];
        for (int m = 0; m < changed.length; m++) {
          changed[m] = logits[m].clone();
          changed[m][i] = covered[m][patch];
        }
        map[patch] = logit - verdicts.logit(changed);
      }
      canvas.add(places.get(i), map, rows);
    }
    return canvas.finish(logit, Heatmap.Method.OCCLUSION);
  }

  /** The logit of each member with each patch covered. */
  private double[][] covered(float[] image, int rows, int columns) {
    int patches = rows * columns;
    double[][] logits = new double[verdicts.members().size()][patches];
    float[] mean = mean(image);
    FloatBuffer buffer = buffer();
    int most = inference.most();
    for (int start = 0; start < patches; start += most) {
      int count = Math.min(most, patches - start);
      buffer.clear();
      for (int patch = start; patch < start + count; patch++) {
        float[] copy = image.clone();
        cover(copy, patch / columns, rows, patch % columns, columns, mean);
        buffer.put(copy);
      }
      double[][] said = run(buffer.flip(), count);
      for (int m = 0; m < logits.length; m++) {
        System.arraycopy(said[m], 0, logits[m], start, count);
      }
    }
    return logits;
  }

  private void cover(float[] image, int row, int rows, int column, int columns, float[] colour) {
    for (int y = row * input.height() / rows; y < (row + 1) * input.height() / rows; y++) {
      int end = (column + 1) * input.width() / columns;
      for (int x = column * input.width() / columns; x < end; x++) {
        System.arraycopy(
            colour, 0, image, (y * input.width() + x) * input.channels(), input.channels());
      }
    }
  }

  private float[] mean(float[] image) {
    int channels = input.channels();
    double[] sums = new double[channels];
    for (int i = 0; i < image.length; i++) {
      sums[i % channels] += image[i];
    }
    float[] mean = new float[channels];
    for (int c = 0; c < channels; c++) {
      mean[c] = (float) (sums[c] * channels / image.length);
    }
    return mean;
  }

  private double[][] run(FloatBuffer images, int count) {
    float[][] outputs = inference.run(images, count);
    double[][] logits = new double[outputs.length][count];
    for (int m = 0; m < outputs.length; m++) {
      int size = outputs[m].length / count;
      for (int i = 0; i < count; i++) {
        float[] own = Arrays.copyOfRange(outputs[m], i * size, (i + 1) * size);
        logits[m][i] = Logit.of(verdicts.members().get(m).probabilityOfFake(own));
      }
    }
    return logits;
  }

  private FloatBuffer buffer() {
    return ByteBuffer.allocateDirect(inference.most() * input.size() * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** Nothing of this is its own. */
  @Override
  public void close() {}
}
