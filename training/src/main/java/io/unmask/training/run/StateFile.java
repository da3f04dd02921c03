package io.unmask.training.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.unmask.json.Json;
import io.unmask.json.JsonException;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.spi.OptimizerState;
import io.unmask.training.report.History;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A {@link PhaseState} in a file: a line of JSON, behind its length, with the epochs and the shapes
 * of the arrays; the arrays as big-endian floats; and a checksum of all that.
 */
final class StateFile {

  private static final int MAGIC = 0x554D5431; // "UMT1"
  private static final int MAX_HEADER = 1 << 24;

  private StateFile() {}

  /** Writes a state, in place of an earlier one once it is whole. */
  static void write(PhaseState state, Path file) {
    RunFolder.write(file, stream -> write(state, stream));
  }

  private static void write(PhaseState state, OutputStream stream) throws IOException {
    CheckedOutputStream checked =
        new CheckedOutputStream(new BufferedOutputStream(stream, 1 << 16), new CRC32C());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeInt(MAGIC);
    byte[] header = header(state);
    out.writeInt(header.length);
    out.write(header);
    if (state.point().isPresent()) {
      for (Weights weights : state.point().get().weights()) {
        out.write(bytes(weights));
      }
      for (Weights slot : state.point().get().optimizer().slots().values()) {
        out.write(bytes(slot));
      }
    }
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }

  private static byte[] bytes(Weights weights) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(weights.size(), Float.BYTES));
    weights.copyTo(bytes.asFloatBuffer());
    return bytes.array();
  }

  private static byte[] header(PhaseState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("epochs");
      for (History.Epoch epoch : state.epochs()) {
        json.writeStartArray();
        json.writeNumber(epoch.number());
        json.writeNumber(epoch.phase());
        json.writeNumber(epoch.loss());
        json.writeNumber(epoch.accuracy());
        json.writeNumber(epoch.validationLoss());
        json.writeNumber(epoch.validationAccuracy());
        json.writeNumber(epoch.learningRate());
        json.writeEndArray();
      }
      json.writeEndArray();
      if (state.point().isPresent()) {
        PhaseState.Point point = state.point().get();
        json.writeNumberField("steps", point.optimizer().steps());
        json.writeArrayFieldStart("weights");
        for (Weights weights : point.weights()) {
          shape(weights.shape(), json);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("slots");
        for (Map.Entry<String, Weights> slot : point.optimizer().slots().entrySet()) {
          json.writeFieldName(slot.getKey());
          shape(slot.getValue().shape(), json);
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void shape(Shape shape, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (int axis = 0; axis < shape.rank(); axis++) {
      json.writeNumber(shape.extent(axis));
    }
    json.writeEndArray();
  }

  /** Reads a state, if there is one. */
  static Optional<PhaseState> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return Optional.of(read(stream));
    } catch (IOException | JsonException | IllegalArgumentException | ArithmeticException e) {
      throw RunFolder.failure(
          file
              + ": is damaged ("
              + e.getMessage()
              + "); delete it to begin this phase of this fold anew",
          e);
    }
  }

  private static PhaseState read(InputStream stream) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(stream, new CRC32C());
    DataInputStream in = new DataInputStream(checked);
    if (in.readInt() != MAGIC) {
      throw new IOException("it is no state of a training");
    }
    int length = in.readInt();
    if (length < 0 || length > MAX_HEADER) {
      throw new IOException("its header has an impossible length");
    }
    byte[] header = new byte[length];
    in.readFully(header);
    Json json = Json.parse(header);
    List<History.Epoch> epochs = new ArrayList<>();
    for (Json epoch : json.get("epochs").elements()) {
      List<Json> e = epoch.elements();
      epochs.add(
          new History.Epoch(
              e.get(0).integer(),
              e.get(1).integer(),
              number(e.get(2)),
              number(e.get(3)),
              number(e.get(4)),
              number(e.get(5)),
              number(e.get(6))));
    }
    Optional<PhaseState.Point> point = Optional.empty();
    if (json.has("steps")) {
      List<Weights> weights = new ArrayList<>();
      for (Json shape : json.get("weights").elements()) {
        weights.add(array(shape, in));
      }
      Map<String, Weights> slots = new LinkedHashMap<>();
      Json shapes = json.get("slots");
      for (String name : shapes.keys()) {
        slots.put(name, array(shapes.get(name), in));
      }
      OptimizerState optimizer = new OptimizerState((long) json.get("steps").number(), slots);
      point = Optional.of(new PhaseState.Point(weights, optimizer));
    }
    long sum = checked.getChecksum().getValue();
    if (in.readLong() != sum) {
      throw new IOException("its checksum is wrong");
    }
    return new PhaseState(epochs, point);
  }

  /** A number; what is no number in JSON, such as the loss of a bad epoch, stands there as text. */
  private static double number(Json json) {
    return json.isString() ? Double.parseDouble(json.string()) : json.number();
  }

  private static Weights array(Json extents, DataInputStream in) throws IOException {
    Shape shape = Shape.of(extents.elements().stream().mapToInt(Json::integer).toArray());
    byte[] bytes = in.readNBytes(Math.multiplyExact(shape.size(), Float.BYTES));
    FloatBuffer floats = ByteBuffer.wrap(bytes).asFloatBuffer();
    float[] values = new float[floats.remaining()];
    floats.get(values);
    return Weights.view(shape, FloatBuffer.wrap(values));
  }
}
