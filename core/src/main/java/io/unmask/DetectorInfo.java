package io.unmask;

import io.unmask.spi.Calibration;
import io.unmask.spi.Convention;
import io.unmask.spi.Expectation;
import io.unmask.spi.InputFormat;
import io.unmask.spi.ProgramInfo;
import io.unmask.spi.Uncertainty;
import io.unmask.spi.Views;
import java.util.List;
import java.util.Optional;

/**
 * What a detector consists of.
 *
 * @param program the backend, its engine's version, and the device and threads really in use
 * @param preprocessor the preprocessor's name
 * @param model the model's name
 * @param members the names of the models it consists of, one for a single model
 * @param input the size and scaling of the images that the network reads
 * @param views what of a photo the network is shown
 * @param faceFinder the name of what finds faces, if faces are judged
 * @param upright whether pictures are turned as their EXIF orientation asks
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
 * @param conventions what holds of the network's input and outputs, and for each whether it was
 *     said, found in the network or assumed
 */
public record DetectorInfo(
    ProgramInfo program,
    String preprocessor,
    String model,
    List<String> members,
    InputFormat input,
    Views views,
    Optional<String> faceFinder,
    boolean upright,
    boolean mirrored,
    int layers,
    long parameters,
    long sharedParameters,
    String fusion,
    Calibration calibration,
    double threshold,
    Uncertainty uncertainty,
    Expectation expectation,
    List<Convention> conventions) {

  /** Copies the lists. */
  public DetectorInfo {
    members = List.copyOf(members);
    conventions = List.copyOf(conventions);
  }
}
