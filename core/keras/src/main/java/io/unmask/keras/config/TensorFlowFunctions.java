package io.unmask.keras.config;

import io.unmask.json.Json;
import java.util.Map;
import java.util.Set;

/**
 * The functions of TensorFlow that a Keras 2 model calls on tensors: {@code TFOpLambda} and, for
 * {@code x[...]}, {@code SlicingOpLambda}. They become the operations of Keras 3 that do the same,
 * with their arguments by name as the config.
 */
public final class TensorFlowFunctions {

  /** The argument that says which elements {@code x[...]} takes. */
  public static final String SLICES = "slice_spec";

  /** What arguments that are tensors or constants are called. */
  static final Set<String> OPERANDS =
      Set.of("x", "y", "a", "b", "bias", "value", "values", "features", "logits", "tensor");

  private static final Set<String> CLASSES = Set.of("TFOpLambda", "SlicingOpLambda");

  private static final Map<String, String> OPERATIONS =
      Map.ofEntries(
          Map.entry("__operators__.add", "Add"),
          Map.entry("__operators__.getitem", "GetItem"),
          Map.entry("cast", "Cast"),
          Map.entry("compat.v1.transpose", "Transpose"),
          Map.entry("concat", "Concatenate"),
          Map.entry("expand_dims", "ExpandDims"),
          Map.entry("image.resize", "Resize"),
          Map.entry("image.rgb_to_grayscale", "RGBToGrayscale"),
          Map.entry("linalg.matmul", "Matmul"),
          Map.entry("math.abs", "Absolute"),
          Map.entry("math.add", "Add"),
          Map.entry("math.divide", "Divide"),
          Map.entry("math.exp", "Exp"),
          Map.entry("math.log_sigmoid", "LogSigmoid"),
          Map.entry("math.log_softmax", "LogSoftmax"),
          Map.entry("math.multiply", "Multiply"),
          Map.entry("math.negative", "Negative"),
          Map.entry("math.pow", "Power"),
          Map.entry("math.reduce_max", "Max"),
          Map.entry("math.reduce_mean", "Mean"),
          Map.entry("math.sigmoid", "Sigmoid"),
          Map.entry("math.softplus", "Softplus"),
          Map.entry("math.softsign", "Softsign"),
          Map.entry("math.square", "Square"),
          Map.entry("math.subtract", "Subtract"),
          Map.entry("math.tanh", "Tanh"),
          Map.entry("math.truediv", "TrueDivide"),
          Map.entry("nn.bias_add", "Add"),
          Map.entry("nn.elu", "Elu"),
          Map.entry("nn.log_softmax", "LogSoftmax"),
          Map.entry("nn.relu", "Relu"),
          Map.entry("nn.relu6", "Relu6"),
          Map.entry("nn.selu", "Selu"),
          Map.entry("nn.sigmoid", "Sigmoid"),
          Map.entry("nn.silu", "Silu"),
          Map.entry("nn.softmax", "Softmax"),
          Map.entry("nn.softplus", "Softplus"),
          Map.entry("nn.softsign", "Softsign"),
          Map.entry("nn.swish", "Silu"),
          Map.entry("nn.tanh", "Tanh"),
          Map.entry("reshape", "Reshape"),
          Map.entry("stack", "Stack"),
          Map.entry("subtract", "Subtract"),
          Map.entry("transpose", "Transpose"));

  private TensorFlowFunctions() {}

  /** Whether a class of Keras 2 stands for such a function. */
  static boolean are(String className) {
    return CLASSES.contains(className);
  }

  /** The operation of Keras 3, or the function's own name if none does the same. */
  static String operation(Json config) {
    String function = config.find("function").string();
    return OPERATIONS.getOrDefault(function, function);
  }
}
