package io.unmask;

import io.unmask.spi.Calibration;
import io.unmask.spi.Expectation;
import io.unmask.spi.InputFormat;
import io.unmask.spi.ProgramInfo;
import io.unmask.spi.Uncertainty;
import java.util.List;

/**
 * What a detector consists of.
 *
 * @param program the backend, its engine's version, and the device and threads really in use
 * @param preprocessor the preprocessor's name
 * @param model the model's name
 * @param members the names of the models it consists of, one for a single model
 * @param input the size and scaling of the images that the network reads
 * @param mirrored whether the network also sees each image mirrored, as {@link
 *     DetectorBuilder#mirrored} describes
 * @param layers the number of layers
 * @param parameters the number of weights, shared ones counted once
 * @param sharedParameters how many weights more there would be if the members shared none
 * @param fusion the name of the rule that makes one probability of the members', {@code single} for
 *     a single model
 * @param calibration what is done to that probability
 * @param threshold an image is fake if its probability is above this
 * @param uncertainty which images are left undecided
 * @param expectation what images the model is for
 */
public record DetectorInfo(
    ProgramInfo program,
    String preprocessor,
    String model,
    List<String> members,
    InputFormat input,
    boolean mirrored,
    int layers,
    long parameters,
    long sharedParameters,
    String fusion,
    Calibration calibration,
    double threshold,
    Uncertainty uncertainty,
    Expectation expectation) {

  /** Copies the list. */
  public DetectorInfo {
    members = List.copyOf(members);
  }
}
