package io.unmask.cli;

import io.unmask.network.architecture.BackboneClassifier;
import io.unmask.network.architecture.TapsClassifier;
import io.unmask.training.plan.Architecture;
import io.unmask.training.plan.Backbone;
import io.unmask.training.plan.Taps;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the architecture {@code taps}. */
final class TapsOptions {

  private static final Map<String, TapsClassifier.Range> RANGES =
      Map.of(
          "0..1", TapsClassifier.Range.UNIT,
          "-1..1", TapsClassifier.Range.SIGNED,
          "0..255", TapsClassifier.Range.BYTES);

  @Option(
      names = "--taps",
      paramLabel = "LAYER,LAYER",
      split = ",",
      hideParamSyntax = true,
      description = "For taps: the trunk's layers that the head looks at, such as mixed0,mixed1.")
  private List<String> layers = List.of();

  @Option(
      names = "--pooling",
      paramLabel = "KIND",
      description =
          "For taps: what is taken of each channel of a layer, 'mean', or 'variance' for mean and"
              + " variance; else variance.")
  private String pooling = "variance";

  @Option(
      names = "--hidden",
      paramLabel = "UNITS",
      description = "For taps: the units of a hidden layer; else none, which is a linear head.")
  private int hidden;

  @Option(
      names = "--dropout",
      paramLabel = "SHARE",
      description = "For taps: the share of the features that each step leaves out; else 0.2.")
  private double dropout = 0.2;

  @Option(
      names = "--side",
      paramLabel = "PIXELS",
      description =
          "For taps and backbone: the side of the images that the model reads; else the trunk's, or 224 if it leaves that open.")
  private int side;

  @Option(
      names = "--trunk-range",
      paramLabel = "RANGE",
      description =
          "For taps and backbone: what numbers the trunk was trained with, 0..1, -1..1, or 0..255 as for trunks"
              + " that begin with a scaling of their own; else 0..1.")
  private String range = "0..1";

  /**
   * The architecture.
   *
   * @param trunk the file that {@code --weights} names
   */
  Architecture on(@Nullable Path trunk) {
    if (trunk == null || layers.isEmpty()) {
      throw new IllegalArgumentException(
          "architecture taps needs a trunk and layers of it:"
              + " --weights TRUNK.keras --taps LAYER,LAYER");
    }
    if (!pooling.equals("mean") && !pooling.equals("variance")) {
      throw new IllegalArgumentException(
          "there is no pooling '" + pooling + "'; choose mean or variance");
    }
    TapsClassifier.Range read = range();
    return Architecture.onTaps(
        new Taps(
            trunk,
            new TapsClassifier(layers, pooling.equals("variance"), hidden, dropout, side, read)));
  }

  /**
   * The reference's head on a whole backbone.
   *
   * @param file what {@code --weights} names
   */
  Architecture onBackbone(@Nullable Path file) {
    if (file == null) {
      throw new IllegalArgumentException(
          "architecture backbone needs a trained model: --weights MODEL.keras");
    }
    refuseLayers(Architecture.BACKBONE);
    return Architecture.onBackbone(new Backbone(file, BackboneClassifier.reference(side, range())));
  }

  private TapsClassifier.Range range() {
    TapsClassifier.@Nullable Range read = RANGES.get(range);
    if (read == null) {
      throw new IllegalArgumentException(
          "there is no range '" + range + "'; choose 0..1, -1..1 or 0..255");
    }
    return read;
  }

  /** Refuses layers for another architecture, which would not look at them. */
  void refuseLayers(String architecture) {
    if (!layers.isEmpty()) {
      throw new IllegalArgumentException(
          "--taps is for architecture taps, not for " + architecture + "; add --architecture taps");
    }
  }
}
