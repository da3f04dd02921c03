package io.unmask.spi;

import io.unmask.network.Network;
import java.util.List;
import java.util.Objects;

/**
 * What a detector decides with: a network, what it wants to see and what its outputs mean.
 *
 * @param name what it is called in messages, such as the file's name
 * @param network the network, with one output for each member
 * @param input the size and scaling of the images
 * @param views what of a photo the network is shown
 * @param members what each output of the network means, in the outputs' order
 * @param mirrored whether the network also sees each image mirrored, left to right, as {@code
 *     io.unmask.DetectorBuilder#mirrored} describes
 * @param fusion makes one probability of the members'
 * @param calibration is applied to that; threshold and uncertainty are for what comes of it
 * @param threshold an image is fake if its probability is above this, in [0, 1]
 * @param uncertainty which images are left undecided
 * @param expectation what images it is for
 * @param conventions what holds of input and outputs, with how each is known
 * @param precision the numbers it is computed with unless the user says otherwise
 */
public record Model(
    String name,
    Network network,
    InputFormat input,
    Views views,
    List<Member> members,
    boolean mirrored,
    FusionRule fusion,
    Calibration calibration,
    double threshold,
    Uncertainty uncertainty,
    Expectation expectation,
    List<Convention> conventions,
    Precision precision) {

  /**
   * Checks that the parts fit each other.
   *
   * @throws IllegalArgumentException if they do not
   */
  public Model {
    members = List.copyOf(members);
    conventions = List.copyOf(conventions);
    Objects.requireNonNull(precision, "precision");
    if (members.size() != network.outputs().size()) {
      throw new IllegalArgumentException(
          members.size() + " members for " + network.outputs().size() + " outputs");
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("a threshold lies in [0, 1], not " + threshold);
    }
    for (int i = 0; i < members.size(); i++) {
      int classes = Math.max(2, network.outputShape(i).size());
      if (members.get(i).fakeClass() >= classes) {
        throw new IllegalArgumentException(
            "%s tells %d classes apart, counted from 0; there is no class %d to mean fake"
                .formatted(members.get(i).name(), classes, members.get(i).fakeClass()));
      }
    }
  }

  /**
   * A model of which nobody knows how anything is known, for single precision.
   *
   * @throws IllegalArgumentException if the parts do not fit each other
   */
  public Model(
      String name,
      Network network,
      InputFormat input,
      Views views,
      List<Member> members,
      boolean mirrored,
      FusionRule fusion,
      Calibration calibration,
      double threshold,
      Uncertainty uncertainty,
      Expectation expectation) {
    this(
        name,
        network,
        input,
        views,
        members,
        mirrored,
        fusion,
        calibration,
        threshold,
        uncertainty,
        expectation,
        List.of(),
        Precision.F32);
  }

  /** The number of weights that members have in common, so that they are held only once. */
  public long sharedParameters() {
    return members.stream().mapToLong(Member::parameters).sum() - network.parameters();
  }
}
