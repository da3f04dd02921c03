package io.unmask.benchmarks.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.pass.Passes;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a network as an ONNX model.
 *
 * <p>The model computes what the network computes at inference: {@link Passes#forInference} has run
 * on it. Its input is {@code [batch, height, width, channel]} floats and has the name of the
 * network's input layer; its outputs are laid out as the network's, behind a batch axis, and have
 * the names of the network's output layers. Inside, feature maps are channels first, as ONNX wants
 * them.
 */
public final class OnnxExporter {

  /** The newest operator this needs is AveragePool with dilations. */
  private static final long OPERATOR_SET = 19;

  /** The file format that goes with {@link #OPERATOR_SET}, that of ONNX 1.14. */
  private static final long FORMAT = 9;

  /** What protobuf can hold, 2 GiB, less room for all that is not weights. */
  private static final long LARGEST = Integer.MAX_VALUE - (1L << 24);

  private OnnxExporter() {}

  /**
   * The network as the bytes of an ONNX model.
   *
   * @throws IllegalArgumentException if its weights exceed the 2 GiB that one ONNX file can hold
   */
  public static byte[] export(Network network) {
    long bytes = network.parameters() * Float.BYTES;
    if (bytes > LARGEST) {
      throw new IllegalArgumentException(
          "network '%s' has %,d bytes of weights, and one ONNX file holds %,d at most"
              .formatted(network.name(), bytes, LARGEST));
    }
    return ModelProto.newBuilder()
        .setIrVersion(FORMAT)
        .setProducerName("unmask")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
        .setGraph(graph(network).build(network.name()))
        .build()
        .toByteArray();
  }

  private static OnnxGraph graph(Network network) {
    OnnxGraph graph = new OnnxGraph();
    String input = graph.input(network.node(network.input()).name(), network.inputShape());
    List<String> outputs = new ArrayList<>();
    for (int output : network.outputs()) {
      outputs.add(graph.output(network.node(output).name(), network.node(output).shape()));
    }
    Network prepared = Passes.forInference().apply(network);
    OnnxLayers layers = new OnnxLayers(graph, prepared, input);
    for (Node node : prepared.nodes()) {
      layers.add(node);
    }
    for (int i = 0; i < outputs.size(); i++) {
      layers.deliver(prepared.outputs().get(i), outputs.get(i));
    }
    return graph;
  }
}
