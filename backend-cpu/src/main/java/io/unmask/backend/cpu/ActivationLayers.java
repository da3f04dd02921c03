package io.unmask.backend.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.unmask.network.Activation;
import io.unmask.network.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.prelu_forward;
import org.bytedeco.dnnl.softmax_forward;

/** Activations as steps of their own. */
final class ActivationLayers {

  private static final int INFERENCE = prop_kind.forward_inference.value;

  private final Graph graph;
  private final BinaryLayers binary;

  ActivationLayers(Graph graph, BinaryLayers binary) {
    this.graph = graph;
    this.binary = binary;
  }

  /**
   * The activation of each element, or along the last axis.
   *
   * @param inPlace whether the result may lie where the source does
   */
  Value activate(Activation activation, Value source, boolean inPlace) {
    if (activation instanceof Activation.Softmax) {
      return softmax(algorithm.softmax_accurate, source);
    }
    if (activation instanceof Activation.LogSoftmax) {
      return softmax(algorithm.softmax_log, source);
    }
    Optional<Pair> pair = Pair.of(activation);
    if (pair.isPresent()) {
      return paired(pair.get(), graph.single(source));
    }
    if (activation instanceof Activation.Relu relu && !Eltwise.fits(relu)) {
      return binary.generalRelu(source, relu);
    }
    if (activation.isLinear()) {
      return source;
    }
    Value result =
        inPlace
            ? graph.alias(source.shape(), source.layout(), source)
            : graph.value(source.shape(), source.layout());
    apply(Eltwise.of(activation), source, result);
    return result;
  }

  private Value paired(Pair pair, Value source) {
    Value first = source;
    if (!pair.first().isEmpty()) {
      first = graph.value(source.shape(), source.layout());
      apply(pair.first(), source, first);
    }
    Value second = graph.value(source.shape(), source.layout());
    apply(pair.second(), source, second);
    return binary.apply(pair.joint(), first, second);
  }

  /** Functions one behind the other, all but the first in place. */
  private void apply(List<Eltwise> functions, Value source, Value result) {
    Value last = source;
    for (Eltwise function : functions) {
      apply(function, last, result);
      last = result;
    }
  }

  private void apply(Eltwise eltwise, Value source, Value result) {
    eltwise_forward.primitive_desc description =
        new eltwise_forward.primitive_desc(
            graph.engine(),
            INFERENCE,
            eltwise.function(),
            source.layout(),
            result.layout(),
            eltwise.alpha(),
            eltwise.beta(),
            graph.attributes(),
            false);
    graph.step(
        description, new eltwise_forward(description), Graph.between(source, result), Map.of());
  }

  private Value softmax(algorithm kind, Value reduced) {
    Value source = graph.single(reduced);
    Value result = graph.value(source.shape(), source.layout());
    softmax_forward.primitive_desc description =
        new softmax_forward.primitive_desc(
            graph.engine(),
            INFERENCE,
            kind.value,
            source.layout(),
            result.layout(),
            Layouts.axis(source.shape(), source.shape().rank() - 1),
            graph.attributes(),
            false);
    graph.step(
        description, new softmax_forward(description), Graph.between(source, result), Map.of());
    return result;
  }

  /** Values below 0 times slopes of their own. */
  Value pRelu(Weights alpha, Value source) {
    memory.desc slopes = Layouts.plain(alpha.shape());
    Value result = graph.value(source.shape(), source.layout());
    prelu_forward.primitive_desc description =
        new prelu_forward.primitive_desc(
            graph.engine(),
            INFERENCE,
            source.layout(),
            slopes,
            result.layout(),
            graph.attributes(),
            false);
    graph.step(
        description,
        new prelu_forward(description),
        Graph.between(source, result),
        Map.of(DNNL_ARG_WEIGHTS, graph.constant(alpha, slopes, slopes)));
    return result;
  }
}
