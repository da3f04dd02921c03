package io.unmask;

import io.unmask.spi.Face;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a detector says about one face in a photo. Immutable.
 *
 * @param face where it is: box and points in pixels of the photo as it is shown, and how sure the
 *     finder is that it is one
 * @param label the verdict on this face; never {@link Label#NO_FACE}
 * @param probability the probability that the face is fake, in [0, 1], as in {@link
 *     Classification#probability}
 * @param members what each of the models says, in their order; one for a single model
 * @param agreement the share of the members that are on the same side of the threshold, as in
 *     {@link Classification#agreement}
 * @param reason why it is undecided though its probability alone would not leave it so
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

  /** Around the face, in pixels of the photo as it is shown. */
  public Face.Box box() {
    return face.box();
  }
}
