package io.unmask.spi;

import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.Views.View.Resampling;
import java.util.List;
import java.util.Optional;

/**
 * What somebody says about how a photo becomes a network's numbers, and what the outputs mean. What
 * is left out is found in the network, or assumed. Immutable; each {@code with} method returns
 * another one.
 *
 * @param scaling how levels become numbers
 * @param channelOrder the colour channels
 * @param resize how whole parts of a photo are resized
 * @param cropToAspect whether they are first cropped to the network's ratio of width and height, or
 *     else stretched
 * @param classes the names of the classes, in the order of the network's outputs
 */
public record Conventions(
    Optional<Scaling> scaling,
    Optional<ChannelOrder> channelOrder,
    Optional<Resampling> resize,
    Optional<Boolean> cropToAspect,
    Optional<List<String>> classes) {

  /** Says nothing. */
  public static final Conventions NONE =
      new Conventions(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Copies the list. */
  public Conventions {
    classes = classes.map(List::copyOf);
  }

  /** The same with a scaling, such as {@link Scaling.Named#CAFFE} or a {@link PixelScaling}. */
  public Conventions withScaling(Scaling wanted) {
    return new Conventions(Optional.of(wanted), channelOrder, resize, cropToAspect, classes);
  }

  /** The same with an order of channels. */
  public Conventions withChannelOrder(ChannelOrder wanted) {
    return new Conventions(scaling, Optional.of(wanted), resize, cropToAspect, classes);
  }

  /** The same with a way of resizing. */
  public Conventions withResize(Resampling wanted) {
    return new Conventions(scaling, channelOrder, Optional.of(wanted), cropToAspect, classes);
  }

  /**
   * The same with cropping to the network's ratio of width and height, as {@code
   * crop_to_aspect_ratio} of Keras's {@code image_dataset_from_directory} and {@code
   * keep_aspect_ratio} of its {@code load_img} do, or without.
   */
  public Conventions withCropToAspect(boolean wanted) {
    return new Conventions(scaling, channelOrder, resize, Optional.of(wanted), classes);
  }

  /**
   * The same with the names of the classes, in the order of the network's outputs. The one that is
   * called {@code fake}, or by a like word, means fake.
   */
  public Conventions withClasses(List<String> names) {
    return new Conventions(scaling, channelOrder, resize, cropToAspect, Optional.of(names));
  }

  /** These, completed by others where they say nothing. */
  public Conventions orElse(Conventions others) {
    return new Conventions(
        scaling.or(others::scaling),
        channelOrder.or(others::channelOrder),
        resize.or(others::resize),
        cropToAspect.or(others::cropToAspect),
        classes.or(others::classes));
  }
}
