package io.unmask.faces;

import java.util.ArrayList;
import java.util.List;

/**
 * From what a network says of its anchors to candidates, in shares of the picture that it read;
 * MediaPipe's {@code tensors_to_detections_calculator}.
 */
final class Decoding {

  /** Scores are cut here before the sigmoid. */
  private static final double MAX_LOGIT = 100;

  private Decoding() {}

  /**
   * The candidates in one picture.
   *
   * @param scores one for each anchor
   * @param places sixteen for each anchor, in pixels, relative to it: middle, size, six points
   * @param picture which of the pictures that were run together
   * @param threshold the least score that counts
   */
  static List<Candidate> candidates(
      FaceModel model, float[] scores, float[] places, int picture, double threshold) {
    List<Candidate> candidates = new ArrayList<>();
    int first = picture * model.anchors();
    for (int anchor = 0; anchor < model.anchors(); anchor++) {
      double score = probability(scores[first + anchor]);
      if (score >= threshold) {
        double[] decoded = decode(model, anchor, places, (first + anchor) * Candidate.PLACES);
        if (decoded[0] < decoded[2] && decoded[1] < decoded[3]) {
          candidates.add(new Candidate(decoded, score));
        }
      }
    }
    return candidates;
  }

  private static double probability(float logit) {
    double cut = Math.max(-MAX_LOGIT, Math.min(MAX_LOGIT, logit));
    return 1 / (1 + Math.exp(-cut));
  }

  private static double[] decode(FaceModel model, int anchor, float[] places, int at) {
    double[] decoded = new double[Candidate.PLACES];
    for (int i = 4; i < decoded.length; i += 2) {
      decoded[i] = places[at + i] / model.side() + model.x(anchor);
      decoded[i + 1] = places[at + i + 1] / model.side() + model.y(anchor);
    }
    double x = places[at] / model.side() + model.x(anchor);
    double y = places[at + 1] / model.side() + model.y(anchor);
    double halfWidth = places[at + 2] / model.side() / 2;
    double halfHeight = places[at + 3] / model.side() / 2;
    decoded[0] = x - halfWidth;
    decoded[1] = y - halfHeight;
    decoded[2] = x + halfWidth;
    decoded[3] = y + halfHeight;
    return decoded;
  }
}
