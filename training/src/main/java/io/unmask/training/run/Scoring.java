package io.unmask.training.run;

import io.unmask.Detector;
import io.unmask.Faces;
import io.unmask.Outcome;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.Calibration;
import io.unmask.training.data.FaceImage;
import io.unmask.training.report.ScoredImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What trained models say of images.
 *
 * @param settings of the training
 * @param threshold of the detectors
 * @param listener is told how it goes
 */
record Scoring(TrainingSettings settings, double threshold, TrainingListener listener) {

  /** What the model itself says, whatever a manifest of an earlier run makes of that. */
  Detector detector(Path model) {
    return Detector.builder()
        .model(model)
        .backend(settings.engine())
        .preprocessor(new JavaPreprocessor())
        .faces(Faces.WHOLE)
        .threshold(threshold)
        .mirrored(settings.mirrored())
        .calibration(Calibration.NONE)
        .threads(settings.options().effectiveThreads())
        .open();
  }

  /** What a detector says of images, which must all be readable. */
  double[] scores(Detector detector, List<FaceImage> images, String work) {
    double[] scores = new double[images.size()];
    listener.begins(work, scores.length);
    try (Stream<Outcome<Path>> outcomes =
        detector.classifyAll(images.stream().map(FaceImage::file))) {
      int number = 0;
      for (Iterator<Outcome<Path>> all = outcomes.iterator(); all.hasNext(); ) {
        Outcome<Path> outcome = all.next();
        if (outcome instanceof Outcome.Failed<Path> failed) {
          throw failed.error();
        }
        scores[number++] = ((Outcome.Classified<Path>) outcome).result().probability();
        listener.step();
      }
    }
    listener.ends();
    return scores;
  }

  /** The images with what was said of them. */
  static List<ScoredImage> scored(List<FaceImage> images, double[] scores) {
    List<ScoredImage> scored = new ArrayList<>();
    for (FaceImage image : images) {
      scored.add(ScoredImage.of(image, scores[scored.size()]));
    }
    return scored;
  }
}
