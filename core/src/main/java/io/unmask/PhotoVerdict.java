package io.unmask;

import io.unmask.Classification.Timings;
import io.unmask.Classification.Warning;
import io.unmask.image.provenance.Evidence;
import java.util.Comparator;
import java.util.List;

/** From the verdicts on faces to that on their photo. */
final class PhotoVerdict {

  private PhotoVerdict() {}

  /**
   * A photo is fake if one of its faces is, real if all are, and else undecided. The face that
   * decides is the one of that label whose probability is the greatest.
   */
  static Classification of(
      List<FaceVerdict> faces,
      double threshold,
      List<Evidence> evidence,
      List<Warning> warnings,
      Timings timings) {
    if (faces.isEmpty()) {
      return new Classification(
          Label.NO_FACE, Double.NaN, threshold, List.of(), 1, faces, evidence, warnings, timings);
    }
    Label label = label(faces);
    FaceVerdict deciding =
        faces.stream()
            .filter(face -> face.label() == label)
            .max(Comparator.comparingDouble(FaceVerdict::probability))
            .orElseThrow();
    return new Classification(
        label,
        deciding.probability(),
        threshold,
        deciding.members(),
        deciding.agreement(),
        faces,
        evidence,
        warnings,
        timings);
  }

  private static Label label(List<FaceVerdict> faces) {
    if (faces.stream().anyMatch(face -> face.label() == Label.FAKE)) {
      return Label.FAKE;
    }
    return faces.stream().allMatch(face -> face.label() == Label.REAL)
        ? Label.REAL
        : Label.UNCERTAIN;
  }
}
