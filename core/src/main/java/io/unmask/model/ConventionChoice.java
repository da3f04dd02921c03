package io.unmask.model;

import io.unmask.error.ModelFormatException;
import io.unmask.network.Network;
import io.unmask.spi.Convention;
import io.unmask.spi.Convention.Origin;
import io.unmask.spi.Conventions;
import io.unmask.spi.InputFormat;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.Scaling;
import io.unmask.spi.Views;
import io.unmask.spi.Views.View;
import io.unmask.spi.Views.View.Resampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a photo becomes a network's numbers: as the user says, else as the manifest says, else as the
 * network shows, else as the reference does it.
 */
final class ConventionChoice {

  private static final String REFERENCE = "the reference's";

  private final ModelLocation file;
  private final Network network;
  private final Conventions user;
  private final ModelSettings settings;
  private final List<Convention> made = new ArrayList<>();

  private ConventionChoice(
      ModelLocation file, Network network, Conventions user, ModelSettings settings) {
    this.file = file;
    this.network = network;
    this.user = user;
    this.settings = settings;
  }

  /**
   * What was chosen.
   *
   * @param input size, scaling and channels
   * @param views what of a photo the network is shown
   * @param conventions all of that, with how it is known
   */
  record Chosen(InputFormat input, Views views, List<Convention> conventions) {}

  /**
   * Chooses.
   *
   * @throws IllegalArgumentException if what the user says does not fit the network
   * @throws ModelFormatException if what the manifest says does not
   */
  static Chosen of(ModelLocation file, Network network, Conventions user, ModelSettings settings) {
    return new ConventionChoice(file, network, user, settings).choose();
  }

  private Chosen choose() {
    int height = network.inputShape().extent(0);
    int width = network.inputShape().extent(1);
    made.add(
        new Convention(
            "size",
            "%d x %d pixels (height x width)".formatted(height, width),
            Origin.FOUND,
            "the network reads no other"));
    Choice<Scaling> scaling = scaling();
    Choice<ChannelOrder> order = order(scaling);
    InputFormat input = format(height, width, scaling, order);
    String name =
        Scaling.Named.of(input.scaling(), order.value()).map(named -> named + ", ").orElse("");
    made.add(scaling.convention("scaling", name + input.scaling()));
    made.add(order.convention("channels", ConventionsJson.name(order.value())));
    return new Chosen(input, views(), List.copyOf(made));
  }

  private Choice<Scaling> scaling() {
    return said(Conventions::scaling)
        .orElseGet(
            () ->
                OwnScaling.of(network)
                    .map(
                        own ->
                            new Choice<>(
                                own.scaling(),
                                Origin.FOUND,
                                "layer '%s' scales them itself".formatted(own.layer())))
                    .orElse(new Choice<>(Scaling.Named.UNIT, Origin.ASSUMED, REFERENCE)));
  }

  private Choice<ChannelOrder> order(Choice<Scaling> scaling) {
    boolean grey = network.inputShape().channels() == 1;
    Choice<ChannelOrder> choice =
        said(Conventions::channelOrder)
            .orElseGet(
                () -> {
                  if (grey) {
                    return new Choice<>(
                        ChannelOrder.GREY, Origin.FOUND, "the network reads one channel");
                  }
                  return scaling
                      .value()
                      .usualOrder()
                      .map(
                          usual ->
                              new Choice<>(
                                  usual, scaling.origin(), "belongs to scaling " + scaling.value()))
                      .orElse(new Choice<>(ChannelOrder.RGB, Origin.ASSUMED, REFERENCE));
                });
    if (grey != (choice.value() == ChannelOrder.GREY)) {
      throw wrong(
          choice.isUsers(),
          "the channels are said to be %s, but the network reads %d of them"
              .formatted(ConventionsJson.name(choice.value()), network.inputShape().channels()));
    }
    return choice;
  }

  private InputFormat format(
      int height, int width, Choice<Scaling> scaling, Choice<ChannelOrder> order) {
    try {
      return new InputFormat(height, width, scaling.value().of(order.value()), order.value());
    } catch (IllegalArgumentException e) {
      throw wrong(scaling.isUsers(), String.valueOf(e.getMessage()));
    }
  }

  /** The views, where those that resize do it as it was said. */
  private Views views() {
    Views views = settings.views().orElse(Views.WHOLE_IMAGE);
    Choice<Resampling> resize =
        said(Conventions::resize)
            .orElse(new Choice<>(Resampling.BILINEAR, Origin.ASSUMED, REFERENCE));
    Choice<Boolean> crop =
        said(Conventions::cropToAspect).orElse(new Choice<>(false, Origin.ASSUMED, REFERENCE));
    List<View> changed =
        views.views().stream().map(view -> changed(view, resize.value(), crop.value())).toList();
    boolean resizes = views.views().stream().anyMatch(ConventionChoice::isPlainResize);
    if (!resizes && resize.origin() == Origin.SAID) {
      throw wrong(
          resize.isUsers(),
          "resize says how the view 'resize' is made, and the model has none: " + views);
    }
    if (changed.equals(views.views()) && crop.value()) {
      throw wrong(
          crop.isUsers(),
          "cropToAspect says how views that are resized are made, and the model has none: "
              + views);
    }
    if (resizes) {
      made.add(resize.convention("resize", ResizeNames.of(resize.value())));
    }
    made.add(
        crop.convention(
            "aspect", crop.value() ? "cropped to the network's" : "stretched to the network's"));
    return new Views(views.faces(), views.margin(), views.minFace(), changed, views.outputs());
  }

  private static boolean isPlainResize(View view) {
    return view instanceof View.Resize resize && resize.resampling() == Resampling.BILINEAR;
  }

  private static View changed(View view, Resampling resampling, boolean crop) {
    if (view instanceof View.Resize resize) {
      return new View.Resize(isPlainResize(view) ? resampling : resize.resampling(), crop);
    }
    return view;
  }

  private <T> Optional<Choice<T>> said(Function<Conventions, Optional<T>> part) {
    return part.apply(user)
        .map(value -> new Choice<>(value, Origin.SAID, Choice.USER))
        .or(
            () ->
                part.apply(settings.conventions())
                    .map(value -> new Choice<>(value, Origin.SAID, Choice.MANIFEST)));
  }

  private RuntimeException wrong(boolean users, String problem) {
    return users
        ? new IllegalArgumentException(file + ": " + problem)
        : new ModelFormatException(
            "%s: of %s: %s; correct it, or leave it out"
                .formatted(ManifestFile.where(file.folder()), file.name(), problem));
  }

  /** A value, and how it is known. */
  private record Choice<T>(T value, Origin origin, String reason) {

    static final String USER = "by you";
    static final String MANIFEST = "by " + Manifest.FILE_NAME;

    boolean isUsers() {
      return reason.equals(USER);
    }

    Convention convention(String name, String shown) {
      return new Convention(name, shown, origin, reason);
    }
  }
}
