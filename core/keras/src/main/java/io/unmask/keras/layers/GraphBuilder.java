package io.unmask.keras.layers;

import io.unmask.json.JsonException;
import io.unmask.keras.config.Generation;
import io.unmask.keras.config.LayerConfig;
import io.unmask.keras.config.ModelConfig;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.MisfitException;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.keras.hdf5.Hdf5;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds a network of a model's config and weights, with nested models inlined. */
public final class GraphBuilder {

  /** Nested models that are used several times within each other could grow without end. */
  private static final int MAX_LAYERS = 50_000;

  /** The largest feature map: 1 GiB of floats. */
  private static final int MAX_ELEMENTS = 1 << 28;

  private final Network.Builder builder;
  private final WeightSource weights;
  private final Supplier<Generation> generation;
  private final Map<LayerConfig, List<Weights>> known = new HashMap<>();
  private final IdentityHashMap<Weights, Weights> reshaped = new IdentityHashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, Integer> namesakes = new HashMap<>();
  private int uses;

  private GraphBuilder(String name, WeightSource weights, Supplier<Generation> generation) {
    this.generation = generation;
    this.builder = Network.builder(name);
    this.weights = weights;
  }

  /**
   * Builds it.
   *
   * @param image the shape of images where the model leaves it open, or null if it must not
   */
  public static Network build(
      ModelConfig model,
      WeightSource weights,
      Supplier<Generation> generation,
      @Nullable Shape image) {
    return new GraphBuilder(model.name(), weights, generation).build(model, image);
  }

  private Network build(ModelConfig model, @Nullable Shape image) {
    InputShape input = InputShape.of(model, image);
    int node = add(input.layer(), new Layer.Input(input.shape()), List.of());
    List<Integer> outputs = inline(model, "", List.of(node));
    try {
      return builder.build(outputs);
    } catch (IllegalArgumentException e) {
      throw new DefectException(e.getMessage() + "; save the model again", e);
    }
  }

  /** Adds a model's layers, reading the given nodes, and returns the nodes that come out. */
  private List<Integer> inline(ModelConfig model, String prefix, List<Integer> inputs) {
    return model.sequential()
        ? inlineSequential(model, prefix, inputs)
        : FunctionalModel.inline(
            model, inputs, (layer, call, operands) -> use(layer, call, operands, prefix));
  }

  private List<Integer> inlineSequential(ModelConfig model, String prefix, List<Integer> inputs) {
    if (inputs.size() != 1) {
      throw new DefectException(
          "model '%s' reads one tensor, but gets %d; save the model again"
              .formatted(model.name(), inputs.size()));
    }
    List<Integer> last = inputs;
    Set<String> seen = new HashSet<>();
    for (LayerConfig layer : model.layers()) {
      if (!seen.add(layer.name())) {
        throw FunctionalModel.namesake(layer);
      }
      if (!layer.isInput()) {
        Resolved operand = new Resolved.Node(FunctionalModel.only(last, layer));
        last = use(layer, 0, List.of(operand), prefix);
      }
    }
    return last;
  }

  /** Adds one use of a layer and returns its outputs. */
  private List<Integer> use(LayerConfig layer, int call, List<Resolved> operands, String prefix) {
    if (++uses > MAX_LAYERS) { // a nested model need not have any layer, and be used all the same
      throw tooManyLayers();
    }
    String name = unique(prefix + layer.name(), call);
    ModelConfig nested = layer.nested();
    if (nested != null) {
      refuseTraining(layer, call);
      return inline(nested, name + "/", nodes(layer, operands));
    }
    int node = build(layer, new LayerCall(this, layer, name, call, operands));
    refuseTraining(layer, call); // after what is said of a class that is not supported
    return List.of(node);
  }

  private static int build(LayerConfig layer, LayerCall call) {
    try {
      return LayerFactory.build(call);
    } catch (DefectException e) {
      throw e.in(layer.described());
    } catch (JsonException e) {
      throw DefectException.of(e).in(layer.described());
    } catch (UnsupportedException e) {
      throw e.in(layer.described());
    } catch (IllegalArgumentException e) {
      throw new DefectException(reason(layer, e) + "; save the model again", e);
    } catch (ArithmeticException e) {
      throw new DefectException(
          layer.described() + " has sizes that are too large; save the model again", e);
    }
  }

  private static void refuseTraining(LayerConfig layer, int call) {
    if (call < layer.calls().size()
        && layer.calls().get(call).training()
        && !LayerFactory.ignoresTraining(layer.className())) {
      throw new UnsupportedException(
          layer.described()
              + " is called with training=True, so that its answer is random or depends on the"
              + " batch; only inference is supported: build the model without it");
    }
  }

  /** What a nested model reads, tensors only. */
  private static List<Integer> nodes(LayerConfig model, List<Resolved> operands) {
    List<Integer> nodes = new ArrayList<>();
    for (Resolved operand : operands) {
      if (!(operand instanceof Resolved.Node node)) {
        throw new UnsupportedException(
            model.described() + " is called with numbers; only tensors are supported");
      }
      nodes.add(node.index());
    }
    return nodes;
  }

  private static String reason(LayerConfig layer, IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith("layer '") ? message : layer.described() + ": " + message;
  }

  private String unique(String name, int call) {
    String called = call == 0 ? name : name + "#" + (call + 1);
    String unique = called;
    while (!names.add(unique)) {
      unique = called + "'".repeat(namesakes.merge(called, 1, Integer::sum));
    }
    return unique;
  }

  /** Adds a node that stands for no layer of the model, under that name unless it is taken. */
  int addBeside(String name, Layer layer, List<Integer> inputs) {
    return add(unique(name, 0), layer, inputs);
  }

  /** Adds a node of a name that is not taken. */
  int add(String name, Layer layer, List<Integer> inputs) {
    int node = builder.add(name, layer, inputs);
    Shape shape = builder.shape(node);
    if (shape.size() > MAX_ELEMENTS) {
      throw new DefectException(
          String.format(
              Locale.ROOT,
              "layer '%s' puts out %s, and at most %,d numbers are supported; use a smaller input",
              name,
              shape,
              MAX_ELEMENTS));
    }
    if (node >= MAX_LAYERS) {
      throw tooManyLayers();
    }
    return node;
  }

  private static DefectException tooManyLayers() {
    return new DefectException(
        String.format(
            Locale.ROOT, "the model has more than %,d layers; do not trust this file", MAX_LAYERS));
  }

  /** Which Keras wrote the model, looked up only where that matters. */
  Generation generation() {
    return generation.get();
  }

  Shape shape(int node) {
    return builder.shape(node);
  }

  /** The weights of a layer, which are read once however often it is used. */
  List<Weights> weights(LayerConfig layer, List<Variable> variables) {
    List<Weights> read = known.get(layer);
    if (read == null) {
      read = read(layer, variables);
      known.put(layer, read);
    }
    for (int i = 0; i < read.size(); i++) {
      if (!read.get(i).shape().equals(variables.get(i).shape())) {
        throw new DefectException(
            "it is used on inputs of different sizes, and its %s would need shapes %s and %s; save the model again"
                .formatted(variables.get(i).name(), read.get(i).shape(), variables.get(i).shape()));
      }
    }
    return read;
  }

  /** An array under another shape: the same one for each use of its layer. */
  Weights reshaped(Weights weights, Shape shape) {
    Weights seen = reshaped.get(weights);
    if (seen == null || !seen.shape().equals(shape)) {
      seen = weights.reshaped(shape);
      reshaped.put(weights, seen);
    }
    return seen;
  }

  private List<Weights> read(LayerConfig layer, List<Variable> variables) {
    try {
      return weights.read(layer, variables);
    } catch (MisfitException e) {
      throw e.advising("; config and weights are from different models: save the model again");
    } catch (DefectException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw Hdf5.defect("its weights", e);
    }
  }
}
