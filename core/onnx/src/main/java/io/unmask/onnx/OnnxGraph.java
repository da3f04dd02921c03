package io.unmask.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the operators and constants of an ONNX graph and keeps their names apart. */
final class OnnxGraph {

  private final GraphProto.Builder proto = GraphProto.newBuilder();
  private final Set<String> names = new HashSet<>();

  /** Declares an input of the given shape behind a batch axis, and returns its name. */
  String input(String name, Shape shape) {
    ValueInfoProto value = value(unique(name), shape);
    proto.addInput(value);
    return value.getName();
  }

  /** Declares an output of the given shape behind a batch axis, and returns its name. */
  String output(String name, Shape shape) {
    ValueInfoProto value = value(unique(name), shape);
    proto.addOutput(value);
    return value.getName();
  }

  /**
   * Adds an operator.
   *
   * @param name the name its result is to have; a number is appended if it is taken
   * @return the name of its result
   */
  String operator(String kind, String name, List<String> inputs, AttributeProto... attributes) {
    String result = unique(name);
    into(result, kind, inputs, attributes);
    return result;
  }

  /** Adds an operator whose result has a name that is declared already. */
  void into(String result, String kind, List<String> inputs, AttributeProto... attributes) {
    proto.addNode(
        NodeProto.newBuilder()
            .setOpType(kind)
            .setName(result)
            .addAllInput(inputs)
            .addOutput(result)
            .addAllAttribute(List.of(attributes)));
  }

  /**
   * Adds weights.
   *
   * @param order which axis of the weights becomes the first, the second and so on
   * @param dims the extents under which the reordered elements are seen
   * @return the constant's name
   */
  String constant(String name, Weights weights, int[] order, long... dims) {
    int[] extents = new int[order.length];
    int[] strides = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      extents[i] = weights.shape().extent(order[i]);
      strides[i] = 1;
      for (int behind = order[i] + 1; behind < order.length; behind++) {
        strides[i] *= weights.shape().extent(behind);
      }
    }
    float[] source = weights.toArray();
    float[] values = new float[source.length];
    int[] index = new int[order.length];
    int read = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = source[read];
      for (int axis = order.length - 1; axis >= 0; axis--) {
        read += strides[axis];
        if (++index[axis] < extents[axis]) {
          break;
        }
        read -= extents[axis] * strides[axis];
        index[axis] = 0;
      }
    }
    return constant(name, values, dims);
  }

  /** Adds floats of the given extents, none of them for a scalar. */
  String constant(String name, float[] values, long... dims) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return constant(name, TensorProto.DataType.FLOAT, bytes, dims);
  }

  /** Adds a vector of 64-bit integers. */
  String constant(String name, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return constant(name, TensorProto.DataType.INT64, bytes, values.length);
  }

  private String constant(String name, TensorProto.DataType type, ByteBuffer bytes, long... dims) {
    String unique = unique(name);
    proto.addInitializer(
        TensorProto.newBuilder()
            .setName(unique)
            .setDataType(type.getNumber())
            .addAllDims(boxed(dims))
            .setRawData(UnsafeByteOperations.unsafeWrap(bytes)));
    return unique;
  }

  GraphProto build(String name) {
    return proto.setName(name).build();
  }

  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto attribute(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  static AttributeProto attribute(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto attribute(String name, long[] values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(boxed(values))
        .build();
  }

  private static ValueInfoProto value(String name, Shape shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    dims.addDimBuilder().setDimParam("batch");
    for (int extent : shape.toArray()) {
      dims.addDimBuilder().setDimValue(extent);
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(dims);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static List<Long> boxed(long... values) {
    return Arrays.stream(values).boxed().toList();
  }

  private String unique(String name) {
    String unique = name;
    for (int i = 1; !names.add(unique); i++) {
      unique = name + "_" + i;
    }
    return unique;
  }
}
