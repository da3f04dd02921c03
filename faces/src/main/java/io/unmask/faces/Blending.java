package io.unmask.faces;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One face for candidates that overlap: the mean of their places, weighed by their scores, with the
 * best one's score; MediaPipe's weighted {@code non_max_suppression_calculator}.
 */
final class Blending {

  /** Candidates whose boxes overlap by more than this are one face. */
  private static final double SAME = 0.3;

  private Blending() {}

  /** The faces, the surest first. */
  static List<Candidate> blend(List<Candidate> candidates) {
    List<Candidate> rest = new ArrayList<>(candidates);
    rest.sort(Comparator.comparingDouble(Candidate::score).reversed());
    List<Candidate> faces = new ArrayList<>();
    while (!rest.isEmpty()) {
      Candidate best = rest.get(0);
      List<Candidate> same = new ArrayList<>(List.of(best));
      List<Candidate> others = new ArrayList<>();
      for (Candidate candidate : rest.subList(1, rest.size())) {
        (candidate.overlap(best) > SAME ? same : others).add(candidate);
      }
      faces.add(new Candidate(mean(same), best.score()));
      rest = others;
    }
    return faces;
  }

  private static double[] mean(List<Candidate> candidates) {
    double[] mean = new double[Candidate.PLACES];
    double total = 0;
    for (Candidate candidate : candidates) {
      total += candidate.score();
      for (int i = 0; i < mean.length; i++) {
        mean[i] += candidate.score() * candidate.places()[i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= total;
    }
    return mean;
  }
}
