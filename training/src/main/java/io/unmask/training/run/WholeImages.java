package io.unmask.training.run;

import io.unmask.network.Network;
import io.unmask.spi.BatchResult;
import io.unmask.spi.Program;
import java.util.concurrent.ExecutorService;

/** Validates networks that are trained on a part of each image on whole ones. */
final class WholeImages {

  /** What Keras keeps probabilities away from 0 and 1 by, before it takes their logarithm. */
  private static final double EPSILON = 1e-7;

  private WholeImages() {}

  /** Loss and accuracy on whole images, by the engine that runs networks as they are. */
  static Means validate(
      Network whole,
      TrainingSettings settings,
      Weighted validation,
      ImageSamples images,
      ExecutorService threads) {
    try (Program program = settings.engine().compile(whole, settings.options())) {
      return validation.means(group -> means(program, settings, group, images, threads));
    }
  }

  private static Means means(
      Program program,
      TrainingSettings settings,
      int[] group,
      ImageSamples images,
      ExecutorService threads) {
    RunningMean mean = new RunningMean();
    try (Batches batches =
        new Batches(
            (draw, target) -> images.plain(draw.image(), target),
            images.format().size(),
            settings.faces().fakes(),
            Draws.inOrder(group),
            settings.plan().batch(),
            threads)) {
      while (batches.hasNext()) {
        Batches.Batch batch = batches.next();
        float[] probabilities = program.run(batch.samples(), batch.labels().length)[0];
        mean.add(result(probabilities, batch.labels()));
      }
    }
    return mean.means();
  }

  private static BatchResult result(float[] probabilities, float[] labels) {
    double loss = 0;
    int correct = 0;
    for (int i = 0; i < labels.length; i++) {
      boolean fake = labels[i] > 0.5;
      double p = Math.min(Math.max(probabilities[i], EPSILON), 1 - EPSILON);
      loss -= Math.log(fake ? p : 1 - p);
      correct += fake == (probabilities[i] > 0.5f) ? 1 : 0;
    }
    return new BatchResult(labels.length, loss / labels.length, correct);
  }
}
