package io.unmask;

import io.unmask.image.ViewPlace;
import io.unmask.image.ViewSampler;
import io.unmask.network.Network;
import io.unmask.network.attribution.Attribution;
import io.unmask.spi.Face;
import io.unmask.spi.ImageSize;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Member;
import io.unmask.spi.Program;
import io.unmask.spi.Region;
import io.unmask.spi.Views;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes heatmaps of what a detector judges. What it needs beside the detector's own program it
 * compiles when it is first asked. Thread-safe.
 */
final class Explainer implements AutoCloseable {

  private final Inference inference;
  private final Verdicts verdicts;
  private final InputFormat input;
  private final boolean mirrored;
  private final Supplier<Network> network;
  private final Function<Network, Program> compiler;
  private @Nullable PartExplainer parts;
  private boolean closed;

  /**
   * Nothing happens yet.
   *
   * @param inference runs the whole network
   * @param input what that reads
   * @param mirrored whether it also sees each image mirrored
   * @param network is asked for the network once, if at all
   * @param compiler compiles a part of it
   */
  Explainer(
      Inference inference,
      Verdicts verdicts,
      InputFormat input,
      boolean mirrored,
      Supplier<Network> network,
      Function<Network, Program> compiler) {
    this.inference = inference;
    this.verdicts = verdicts;
    this.input = input;
    this.mirrored = mirrored;
    this.network = network;
    this.compiler = compiler;
  }

  /** A map for each part of a photo. */
  List<Heatmap> explain(Subject subject) {
    ImageSize photo = Objects.requireNonNull(subject.picture(), "the picture").size();
    List<Heatmap> maps = new ArrayList<>();
    if (subject.parts() == 0) {
      return maps;
    }
    PartExplainer explaining = parts();
    for (int i = 0; i < subject.parts(); i++) {
      List<ViewPlace> places = places(photo, subject.faces(), i);
      if (i < subject.ready().size()) {
        maps.add(explaining.explain(subject.ready().get(i).floats(), places));
      } else {
        try (Pixels pixels = subject.sample(i)) {
          maps.add(explaining.explain(pixels.floats(), places));
        }
      }
    }
    return maps;
  }

  /** Where the images of a part lie, with their mirror images behind them as they are shown. */
  private List<ViewPlace> places(ImageSize photo, @Nullable List<Face> faces, int part) {
    Views views = verdicts.views();
    List<ViewPlace> places =
        faces == null
            ? ViewSampler.places(
                views, input, photo, new Region(0, 0, photo.width(), photo.height()))
            : ViewSampler.places(views, input, photo, faces.get(part).box());
    return mirrored
        ? Stream.concat(places.stream(), places.stream().map(ViewPlace::inMirror)).toList()
        : places;
  }

  private synchronized PartExplainer parts() {
    if (closed) {
      throw new IllegalStateException("the detector is closed");
    }
    if (parts == null) {
      Optional<Attribution> attribution =
          Attribution.of(
              network.get(), verdicts.members().stream().map(Member::fakeClass).toList());
      parts =
          attribution.isPresent()
              ? new Shares(
                  attribution.get(),
                  compiler.apply(attribution.get().features()),
                  verdicts,
                  input.size())
              : new Occlusion(inference, verdicts, input);
    }
    return parts;
  }

  /** Makes the map of a part. */
  interface PartExplainer extends AutoCloseable {

    /**
     * Makes a map.
     *
     * @param images the images that the network is shown of the part, one behind the other
     * @param places where each of them lies
     */
    Heatmap explain(FloatBuffer images, List<ViewPlace> places);

    @Override
    void close();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (parts != null) {
      parts.close();
      parts = null;
    }
  }
}
