package io.unmask.keras.layers;

import io.unmask.json.Json;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.network.Layer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which class of Keras becomes which layer. */
public final class LayerFactory {

  private static final List<LayerFamily> FAMILIES =
      List.of(
          new WeightedLayers(),
          new Elementwise(),
          new Pooling(),
          new Arithmetic(),
          new Reshaping(),
          new Sequences(),
          new RowStatistics(),
          new Attention(),
          new MatrixProducts(),
          new Normalization());

  /** Augmentation: Keras writes {@code training=True} for it, which inference overrides. */
  private static final Set<String> AUGMENTATION =
      Set.of(
          "AugMix",
          "CutMix",
          "MixUp",
          "RandAugment",
          "RandomBrightness",
          "RandomColorDegeneration",
          "RandomColorJitter",
          "RandomContrast",
          "RandomElasticTransform",
          "RandomErasing",
          "RandomFlip",
          "RandomGaussianBlur",
          "RandomGrayscale",
          "RandomHue",
          "RandomInvert",
          "RandomPerspective",
          "RandomPosterization",
          "RandomRotation",
          "RandomSaturation",
          "RandomSharpness",
          "RandomShear",
          "RandomTranslation",
          "RandomZoom",
          "Solarization");

  /** What does nothing but in training. */
  private static final Set<String> TRAINING_ONLY =
      Stream.concat(
              AUGMENTATION.stream(),
              Stream.of(
                  "ActivityRegularization",
                  "AlphaDropout",
                  "GaussianDropout",
                  "GaussianNoise",
                  "Identity",
                  "StochasticDepth"))
          .collect(Collectors.toUnmodifiableSet());

  /** Preprocessing that is the same in training; Keras writes {@code training=True} for it too. */
  private static final Set<String> PREPROCESSING =
      Set.of("CenterCrop", "Normalization", "Rescaling", "Resizing");

  private LayerFactory() {}

  /** Whether a layer that was called as in training answers as at inference all the same. */
  static boolean ignoresTraining(String className) {
    return AUGMENTATION.contains(className) || PREPROCESSING.contains(className);
  }

  /** Adds the nodes for a layer and returns the one that puts out its value. */
  static int build(LayerCall call) {
    refuseQuantized(call.config("dtype"));
    return call.layer().isOperation() ? Arithmetic.operation(call) : layer(call);
  }

  private static void refuseQuantized(Json dtype) {
    Json policy = dtype.find("class_name");
    Json mode = dtype.find("config").find("mode"); // which the policies of numbers have not
    if ((policy.isString() && policy.string().startsWith("Quantized")) || mode.isString()) {
      throw new UnsupportedException(
          "its weights are quantised"
              + (mode.isString() ? " (" + mode.string() + ")" : "")
              + ", and floating-point numbers of 16, 32 or 64 bits are supported; save the model as"
              + " it was before model.quantize(...)");
    }
  }

  private static int layer(LayerCall call) {
    for (LayerFamily family : FAMILIES) {
      int node = family.build(call);
      if (node != LayerFamily.UNKNOWN) {
        return node;
      }
    }
    if (!TRAINING_ONLY.contains(call.layer().className())) {
      throw new UnsupportedException(
          "this class is not supported; supported are "
              + String.join(", ", supported())
              + ", and those that do nothing but in training, such as RandomFlip and"
              + " GaussianNoise; rebuild the model of these");
    }
    return call.add(new Layer.Dropout(0, false));
  }

  /** The classes that are computed, models among them, for messages. */
  public static List<String> supported() {
    return Stream.concat(
            FAMILIES.stream().flatMap(family -> family.classes().stream()),
            Stream.of("Functional", "InputLayer", "Sequential"))
        .sorted()
        .toList();
  }
}
