package io.unmask.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.unmask.spi.Calibration;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Member;
import io.unmask.spi.Model;
import io.unmask.spi.PixelScaling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an ONNX file says about a model beyond its network, in ONNX's own places for that.
 *
 * @param model the model
 */
record OnnxNotes(Model model) {

  /** Adds documentation to the input and the outputs, and metadata to the file. */
  void addTo(ModelProto.Builder proto) {
    GraphProto.Builder graph = proto.getGraphBuilder();
    graph.setInput(0, documented(graph.getInput(0), input()));
    for (int i = 0; i < model.members().size(); i++) {
      graph.setOutput(i, documented(graph.getOutput(i), output(i)));
    }
    proto.setDocString(verdict());
    properties()
        .forEach(
            (key, value) ->
                proto.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
  }

  private static ValueInfoProto documented(ValueInfoProto value, String text) {
    return value.toBuilder().setDocString(text).build();
  }

  private String input() {
    InputFormat format = model.input();
    return "images [batch, height, width, channel], %s, a component v of 0..255 as %s"
        .formatted(format.order(), format.scaling());
  }

  /** One number for all channels, or one for each, in their order. */
  private static String joined(List<Float> numbers) {
    return numbers.stream().map(number -> Float.toString(number)).collect(Collectors.joining(","));
  }

  private String output(int index) {
    Member member = model.members().get(index);
    int classes = model.network().outputShape(index).size();
    if (classes == 1) {
      return "%s: p, the probability of class 1; the probability of fake is %s"
          .formatted(member.name(), member.fakeClass() == 1 ? "p" : "1 - p");
    }
    return "%s: the probabilities of %d classes; element %d, counted from 0, is that of fake"
        .formatted(member.name(), classes, member.fakeClass());
  }

  private String verdict() {
    StringBuilder text = new StringBuilder("Tells real faces from AI-generated ones: fake if ");
    boolean single = model.members().size() == 1;
    text.append(single ? "the probability of fake" : "the outputs' probabilities of fake");
    if (model.mirrored()) {
      text.append(single ? ", the mean" : ", each the mean");
      text.append(" for the image and its mirror image");
    }
    if (!single) {
      text.append(", fused by ").append(model.fusion().name());
    }
    if (!model.calibration().equals(Calibration.NONE)) {
      text.append(", calibrated to ").append(model.calibration());
    }
    return text.append(single ? ", is above " : ", are above ")
        .append(model.threshold())
        .append('.')
        .toString();
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    PixelScaling scaling = model.input().scaling();
    properties.put("image.divisor", Float.toString(scaling.divisor()));
    properties.put("image.offset", joined(scaling.offsets()));
    properties.put("image.deviation", joined(scaling.deviations()));
    properties.put("image.order", model.input().order().name());
    for (int i = 0; i < model.members().size(); i++) {
      Member member = model.members().get(i);
      properties.put("output.%d.model".formatted(i), member.name());
      properties.put("output.%d.fake_class".formatted(i), Integer.toString(member.fakeClass()));
    }
    properties.put("mirrored", Boolean.toString(model.mirrored()));
    properties.put("fusion", model.fusion().name());
    properties.put("calibration.scale", Double.toString(model.calibration().scale()));
    properties.put("calibration.offset", Double.toString(model.calibration().offset()));
    properties.put("threshold", Double.toString(model.threshold()));
    return properties;
  }
}
