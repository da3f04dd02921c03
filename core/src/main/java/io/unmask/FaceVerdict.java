package io.unmask;

import io.unmask.spi.Face;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a detector says about one face in a photo. Immutable.
 *
 * @param face the face: its box and points, in pixels of the photo as it is shown, and how sure the
 *     finder is that it is a face
 * @param label the verdict on this face; never {@link Label#NO_FACE}
 * @param probability the probability that the face is fake, in [0, 1], as in {@link
 *     Classification#probability}
 * @param members the result of each model, in the models' order; one for a single model
 * @param agreement the share of the members that are on the same side of the threshold, as in
 *     {@link Classification#agreement}
 * @param reason why the face is undecided, if its probability alone would have decided it
 */
public record FaceVerdict(
    Face face,
    Label label,
    double probability,
    List<Classification.Opinion> members,
    double agreement,
    Optional<String> reason) {

  /** Copies the list, and checks that nothing is missing. */
  public FaceVerdict {
    Objects.requireNonNull(face, "face");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(reason, "reason");
    members = List.copyOf(members);
  }

  /** The box around the face, in pixels of the photo as it is shown. */
  public Face.Box box() {
    return face.box();
  }
}
