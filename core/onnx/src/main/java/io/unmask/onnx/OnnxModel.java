package io.unmask.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.unmask.error.ModelFormatException;
import io.unmask.files.FileFault;
import io.unmask.files.WholeFile;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.pass.Passes;
import io.unmask.spi.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A network as an ONNX model, for programs that run those. Immutable and thread-safe.
 *
 * <p>It computes what the network computes at inference: {@link Passes#forInference} has run on it.
 * Its input is {@code [batch, height, width, channel]} floats, as Keras has it, and has the name of
 * the network's input layer; its outputs are laid out as the network's, behind a batch axis, and
 * have the names of the network's output layers. Inside, values have the names of the layers that
 * they come from, and feature maps are channels first, as ONNX wants them.
 */
public final class OnnxModel {

  /** The newest operator this needs is AveragePool with dilations. */
  private static final long OPERATOR_SET = 19;

  /** The file format that goes with {@link #OPERATOR_SET}, that of ONNX 1.14. */
  private static final long FORMAT = 9;

  /** What protobuf can hold, 2 GiB, less room for all that is not weights. */
  private static final long LARGEST = Integer.MAX_VALUE - (1L << 24);

  private final ModelProto proto;

  private OnnxModel(ModelProto proto) {
    this.proto = proto;
  }

  /**
   * A network alone.
   *
   * @throws IllegalArgumentException if its weights exceed the 2 GiB that one ONNX file can hold
   */
  public static OnnxModel of(Network network) {
    return new OnnxModel(translate(network).build());
  }

  /**
   * A network with all that a program must know to classify images with it: how they are scaled,
   * what each output means and how the verdict is reached, as documentation of the input and the
   * outputs for people, and as the file's metadata for programs.
   *
   * @throws IllegalArgumentException if its weights exceed the 2 GiB that one ONNX file can hold
   */
  public static OnnxModel of(Model model) {
    ModelProto.Builder proto = translate(model.network());
    new OnnxNotes(model).addTo(proto);
    return new OnnxModel(proto.build());
  }

  private static ModelProto.Builder translate(Network network) {
    long bytes = network.parameters() * Float.BYTES;
    if (bytes > LARGEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network '%s' has %,d bytes of weights, and one ONNX file holds %,d at most",
              network.name(),
              bytes,
              LARGEST));
    }
    return ModelProto.newBuilder()
        .setIrVersion(FORMAT)
        .setProducerName("unmask")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
        .setGraph(graph(network).build(network.name()));
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

  /** The name of the input. */
  public String input() {
    return proto.getGraph().getInput(0).getName();
  }

  /** The names of the outputs, in the network's order; each is there once. */
  public List<String> outputs() {
    return proto.getGraph().getOutputList().stream().map(ValueInfoProto::getName).toList();
  }

  /** What a file of it holds. */
  public byte[] toByteArray() {
    return proto.toByteArray();
  }

  /**
   * Writes it. The file is complete or not there: it is written beside the target, under a name
   * that begins with a dot and ends in {@code .tmp}, and then moved, in place of a file that was
   * there before.
   *
   * @throws ModelFormatException if the file cannot be written; the message says why, and nothing
   *     of it is left
   */
  public void write(Path file) {
    try {
      WholeFile.write(file, proto::writeTo);
    } catch (IOException e) {
      throw new ModelFormatException(
          "%s: cannot be written (%s); see that the folder exists and can be written, and that the disk has room"
              .formatted(file, FileFault.reason(e)),
          e);
    }
  }
}
