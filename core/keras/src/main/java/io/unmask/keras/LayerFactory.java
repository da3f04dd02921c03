package io.unmask.keras;

import io.unmask.network.Layer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which class of Keras becomes which layer. */
final class LayerFactory {

  /** What {@link #layer} knows and computes, for messages. */
  static final List<String> SUPPORTED =
      List.of(
          "Activation",
          "Add",
          "Average",
          "AveragePooling2D",
          "BatchNormalization",
          "CenterCrop",
          "Concatenate",
          "Conv2D",
          "Conv2DTranspose",
          "Cropping2D",
          "CustomScaleLayer",
          "Dense",
          "DepthwiseConv2D",
          "Dot",
          "Dropout",
          "ELU",
          "Flatten",
          "Functional",
          "GlobalAveragePooling1D",
          "GlobalAveragePooling2D",
          "GlobalMaxPooling1D",
          "GlobalMaxPooling2D",
          "GroupNormalization",
          "InputLayer",
          "LayerNormalization",
          "LayerScale",
          "LeakyReLU",
          "MaxPooling2D",
          "Maximum",
          "Minimum",
          "Multiply",
          "Normalization",
          "PReLU",
          "Permute",
          "ReLU",
          "Rescaling",
          "Reshape",
          "Resizing",
          "SeparableConv2D",
          "Sequential",
          "Softmax",
          "SpatialDropout2D",
          "Subtract",
          "ThresholdedReLU",
          "UpSampling2D",
          "ZeroPadding2D");

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
    return call.layer().isOperation() ? Arithmetic.operation(call) : layer(call);
  }

  private static int layer(LayerCall call) {
    return switch (call.layer().className()) {
      case "Conv2D", "Convolution2D" -> WeightedLayers.conv2D(call);
      case "Conv2DTranspose", "Convolution2DTranspose" -> WeightedLayers.conv2DTranspose(call);
      case "DepthwiseConv2D" -> WeightedLayers.depthwiseConv2D(call);
      case "SeparableConv2D", "SeparableConvolution2D" -> WeightedLayers.separableConv2D(call);
      case "Dense" -> WeightedLayers.dense(call);
      case "BatchNormalization", "BatchNormalizationV1" -> WeightedLayers.batchNormalization(call);
      case "PReLU" -> WeightedLayers.pRelu(call);
      case "Activation" ->
          call.add(
              new Layer.Activate(
                  ActivationParser.of(
                      call.config("activation"), call.inputShape().rank(), call::generation)));
      case "ReLU", "LeakyReLU", "ELU", "Softmax", "ThresholdedReLU" ->
          call.add(
              new Layer.Activate(
                  ActivationParser.ofLayer(
                      call.layer().className(),
                      call.layer().config(),
                      call.inputShape().rank(),
                      call::generation)));
      case "MaxPooling2D", "MaxPool2D" -> Reductions.maxPooling2D(call);
      case "AveragePooling2D", "AvgPool2D" -> Reductions.averagePooling2D(call);
      case "GlobalMaxPooling2D", "GlobalMaxPool2D" -> Reductions.globalMaxPooling2D(call);
      case "GlobalAveragePooling2D", "GlobalAvgPool2D" -> Reductions.globalAveragePooling2D(call);
      case "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum" -> Arithmetic.layer(call);
      case "CustomScaleLayer" -> Arithmetic.customScale(call);
      case "Dot" -> Arithmetic.dot(call);
      case "Concatenate" -> Arrangements.concatenate(call);
      case "Flatten" -> Arrangements.flatten(call);
      case "Reshape" -> Arrangements.reshape(call);
      case "Permute" -> Arrangements.permute(call);
      case "Cropping2D" -> Arrangements.cropping2D(call);
      case "CenterCrop" -> Arrangements.centerCrop(call);
      case "Resizing" -> Arrangements.resizing(call);
      case "LayerNormalization" -> RowStatistics.layerNormalization(call);
      case "GroupNormalization" -> RowStatistics.groupNormalization(call);
      case "LayerScale" -> RowStatistics.layerScale(call);
      case "GlobalAveragePooling1D", "GlobalAvgPool1D" -> Reductions.globalAveragePooling1D(call);
      case "GlobalMaxPooling1D", "GlobalMaxPool1D" -> Reductions.globalMaxPooling1D(call);
      case "ZeroPadding2D" -> Arrangements.zeroPadding2D(call);
      case "UpSampling2D" -> Arrangements.upSampling2D(call);
      case "Rescaling" -> Arithmetic.rescaling(call);
      case "Normalization" -> Normalization.build(call);
      case "Dropout" -> call.add(new Layer.Dropout(Values.number(call.config("rate")), false));
      case "SpatialDropout2D" ->
          call.add(new Layer.Dropout(Values.number(call.config("rate")), true));
      default -> {
        if (!TRAINING_ONLY.contains(call.layer().className())) {
          throw new UnsupportedException(
              "this class is not supported; supported are "
                  + String.join(", ", SUPPORTED)
                  + ", and those that do nothing but in training, such as RandomFlip and"
                  + " GaussianNoise; rebuild the model of these");
        }
        yield call.add(new Layer.Dropout(0, false));
      }
    };
  }
}
