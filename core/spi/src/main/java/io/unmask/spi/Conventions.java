package io.unmask.spi;

import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.Views.View.Resampling;
import java.util.List;
import java.util.Optional;

/**
 * The conventions by which a photo becomes a network's numbers, and the meaning of the outputs, as
 * far as somebody gives them. What is left out is found in the network, or assumed. Immutable; each
 * {@code with} method returns a changed copy.
 *
 * @param scaling how levels become numbers
 * @param channelOrder the order of the colour channels
 * @param resize how a part of a photo that is shown as a whole is resized
 * @param cropToAspect whether such a part is first cropped to the network's ratio of width to
 *     height; otherwise it is stretched
 * @param classes the names of the classes, in the order of the network's outputs
 */
public record Conventions(
    Optional<Scaling> scaling,
    Optional<ChannelOrder> channelOrder,
    Optional<Resampling> resize,
    Optional<Boolean> cropToAspect,
    Optional<List<String>> classes) {

  /** Gives nothing. */
  public static final Conventions NONE =
      new Conventions(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Copies the list. */
  public Conventions {
    classes = classes.map(List::copyOf);
  }

  /**
   * Returns these with a scaling, such as {@link Scaling.Named#CAFFE} or a {@link PixelScaling}.
   */
  public Conventions withScaling(Scaling wanted) {
    return new Conventions(Optional.of(wanted), channelOrder, resize, cropToAspect, classes);
  }

  /** Returns these with an order of channels. */
  public Conventions withChannelOrder(ChannelOrder wanted) {
    return new Conventions(scaling, Optional.of(wanted), resize, cropToAspect, classes);
  }

  /** Returns these with a way of resizing. */
  public Conventions withResize(Resampling wanted) {
    return new Conventions(scaling, channelOrder, Optional.of(wanted), cropToAspect, classes);
  }

  /**
   * Returns these with or without cropping to the network's ratio of width to height, as {@code
   * crop_to_aspect_ratio} of Keras's {@code image_dataset_from_directory} and {@code
   * keep_aspect_ratio} of its {@code load_img} do.
   */
  public Conventions withCropToAspect(boolean wanted) {
    return new Conventions(scaling, channelOrder, resize, Optional.of(wanted), classes);
  }

  /**
   * Returns these with the names of the classes, in the order of the network's outputs. The class
   * that is called {@code fake}, or by a similar word, means fake.
   */
  public Conventions withClasses(List<String> names) {
    return new Conventions(scaling, channelOrder, resize, cropToAspect, Optional.of(names));
  }

  /** Returns these conventions; what they do not give is taken from the others. */
  public Conventions orElse(Conventions others) {
    return new Conventions(
        scaling.or(others::scaling),
        channelOrder.or(others::channelOrder),
        resize.or(others::resize),
        cropToAspect.or(others::cropToAspect),
        classes.or(others::classes));
  }
}
