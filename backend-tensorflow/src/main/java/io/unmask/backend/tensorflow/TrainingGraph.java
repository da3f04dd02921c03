package io.unmask.backend.tensorflow;

import io.unmask.network.Network;
import io.unmask.spi.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The graph of a training session: a network twice, as in training and as at inference. */
final class TrainingGraph {

  /**
   * A way through the network.
   *
   * @param images where the batch is fed
   * @param probabilities one an image
   * @param loss the mean loss with the regularisation, a scalar
   * @param correct the number of hits, a scalar
   */
  record Pass(
      Output<TFloat32> images,
      Output<TFloat32> probabilities,
      Output<TFloat32> loss,
      Output<TFloat32> correct) {}

  private final Ops ops;
  private final TrainedNetwork trained;
  private final TrainingOptions options;
  private final Variables variables;
  private final Placeholder<TFloat32> labels;
  private final Placeholder<TFloat32> rate;
  private final Placeholder<TFloat32> step;
  private final Placeholder<TInt64> seed;
  private final Adam adam;
  private final Pass training;
  private final Pass inference;
  private final List<Output<TFloat32>> gradients = new ArrayList<>();
  private final List<Op> updates = new ArrayList<>();

  TrainingGraph(Graph graph, TrainedNetwork trained, TrainingOptions options) {
    this.ops = Ops.create(graph);
    this.trained = trained;
    this.options = options;
    this.variables = new Variables(ops, trained.parameters());
    this.labels = ops.placeholder(TFloat32.class, shape(-1));
    this.rate = ops.placeholder(TFloat32.class, shape());
    this.step = ops.placeholder(TFloat32.class, shape());
    this.seed = ops.placeholder(TInt64.class, shape(2));
    this.adam = new Adam(variables, rate, step, options.weightDecay());
    Network logit = trained.logit();
    this.inference =
        pass(TrainingTranslator.inference(logit, variables, options).translate(), labels);
    TrainingTranslator translator = TrainingTranslator.training(logit, variables, options, seed);
    Translation translation = translator.translate();
    Operand<TFloat32> targets = smoothed();
    this.training = pass(translation, targets);
    addGradients(translation.outputs().get(0), targets);
    updates.addAll(translator.updates());
    updates.addAll(adam.updates());
  }

  private static Placeholder.Options shape(long... dims) {
    return Placeholder.shape(org.tensorflow.ndarray.Shape.of(dims));
  }

  private Operand<TFloat32> smoothed() {
    float smoothing = (float) options.labelSmoothing();
    return smoothing == 0
        ? labels
        : ops.math.add(
            ops.math.mul(labels, ops.constant(1 - smoothing)), ops.constant(0.5f * smoothing));
  }

  private Pass pass(Translation translation, Operand<TFloat32> targets) {
    Operand<TFloat32> logits = ops.reshape(translation.outputs().get(0), ops.array(-1));
    Operand<TFloat32> probabilities = ops.math.sigmoid(logits);
    // -z log p - (1 - z) log(1 - p), which is log(1 + exp(x)) - x z for the logit x.
    Operand<TFloat32> losses =
        ops.math.sub(ops.math.softplus(logits), ops.math.mul(logits, targets));
    Operand<TFloat32> loss = ops.math.mean(losses, ops.array(0));
    for (Parameter parameter : trained.parameters()) {
      if (parameter.l2() != 0) {
        Operand<TFloat32> squares = ops.math.square(variables.weights(parameter.weights()));
        Operand<TFloat32> sum = ops.sum(ops.reshape(squares, ops.array(-1)), ops.array(0));
        loss = ops.math.add(loss, ops.math.mul(sum, ops.constant((float) parameter.l2())));
      }
    }
    Operand<TFloat32> half = ops.constant(0.5f);
    Operand<TFloat32> hits =
        ops.dtypes.cast(
            ops.math.equal(ops.math.greater(probabilities, half), ops.math.greater(labels, half)),
            TFloat32.class);
    return new Pass(
        translation.input(),
        probabilities.asOutput(),
        loss.asOutput(),
        ops.sum(hits, ops.array(0)).asOutput());
  }

  /** The derivative of the mean loss by a logit is {@code (p - z) / count}. */
  private void addGradients(Operand<TFloat32> logits, Operand<TFloat32> targets) {
    Operand<TFloat32> difference = ops.math.sub(training.probabilities(), targets);
    Operand<TFloat32> byLogit =
        ops.math.div(difference, ops.dtypes.cast(ops.size(difference), TFloat32.class));
    List<Parameter> learned = trained.parameters().stream().filter(Parameter::trained).toList();
    Gradients computed =
        ops.gradients(
            List.of(logits),
            learned.stream().map(p -> variables.weights(p.weights())).toList(),
            Gradients.dx(List.of(ops.reshape(byLogit, ops.array(-1, 1)))));
    for (int i = 0; i < learned.size(); i++) {
      Parameter parameter = learned.get(i);
      Operand<TFloat32> gradient = computed.dy(i);
      if (parameter.l2() != 0) {
        gradient =
            ops.math.add(
                gradient,
                ops.math.mul(
                    variables.weights(parameter.weights()),
                    ops.constant((float) (2 * parameter.l2()))));
      }
      gradients.add(gradient.asOutput());
      adam.update(parameter, gradient);
    }
  }

  TrainedNetwork trained() {
    return trained;
  }

  Variables variables() {
    return variables;
  }

  Adam adam() {
    return adam;
  }

  /** Where labels are fed, one an image. */
  Output<TFloat32> labels() {
    return labels.asOutput();
  }

  /** Where the learning rate is fed. */
  Output<TFloat32> rate() {
    return rate.asOutput();
  }

  /** Where the number of the step is fed, from 1. */
  Output<TFloat32> step() {
    return step.asOutput();
  }

  /** Where two numbers are fed for the dropout masks. */
  Output<TInt64> seed() {
    return seed.asOutput();
  }

  Pass training() {
    return training;
  }

  Pass inference() {
    return inference;
  }

  /** The gradient of the loss by each trained parameter, in their order. */
  List<Output<TFloat32>> gradients() {
    return gradients;
  }

  /** What a step runs besides. */
  List<Op> updates() {
    return updates;
  }
}
