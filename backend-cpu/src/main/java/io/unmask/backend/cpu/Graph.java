package io.unmask.backend.cpu;

import io.unmask.network.Shape;
import io.unmask.network.Weights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a program under construction: what is called, over which values, in which buffers.
 * Native objects that outlive the construction are handed to {@link NativeObjects}.
 */
final class Graph {

  /**
   * Bytes that a step reads and writes, times the threads, up to which one thread does all of it:
   * to wake the others takes longer. See docs/performance.md.
   */
  private static final long SMALL = 2 << 20;

  private final engine engine;
  private final int threads;
  private final NativeObjects kept;
  private final WeightMemory constants;
  private final Staging staging;
  private final Packers packers;
  private final List<Step> steps = new ArrayList<>();
  private final List<Arena.Buffer> buffers = new ArrayList<>();
  private final IdentityHashMap<Value, List<Value>> copies = new IdentityHashMap<>();
  private String label = "";
  private Numbers numbers = Numbers.SINGLE;

  /**
   * Constants are filled by the packers by way of the staging memory, and complete when the packers
   * have been waited for.
   */
  Graph(engine engine, NativeObjects kept, Staging staging, Packers packers, int threads) {
    this.engine = engine;
    this.threads = threads;
    this.kept = kept;
    this.constants = new WeightMemory(engine, kept);
    this.staging = staging;
    this.packers = packers;
  }

  engine engine() {
    return engine;
  }

  /** The types of the numbers of the node that is being translated. */
  Numbers numbers() {
    return numbers;
  }

  List<Step> steps() {
    return steps;
  }

  List<Arena.Buffer> buffers() {
    return buffers;
  }

  /** Names the node that the next steps belong to, and the types of its numbers. */
  void begin(String label, Numbers numbers) {
    this.label = label;
    this.numbers = numbers;
  }

  /** A new value in a buffer of its own. */
  Value value(Shape shape, memory.desc layout) {
    return value(shape, layout, 1);
  }

  /** The same of numbers that are counted in the given steps. */
  Value value(Shape shape, memory.desc layout, float step) {
    buffers.add(new Arena.Buffer(layout.get_size(), steps.size()));
    return new Value(shape, kept.keep(layout), buffers.size() - 1, step);
  }

  /** A value that lies where another one does, and replaces it or shows it in another shape. */
  Value alias(Shape shape, memory.desc layout, Value other) {
    return new Value(shape, kept.keep(layout), other.buffer(), other.step());
  }

  /** Attributes for a step: its scratchpad is the program's, not its own. */
  primitive_attr attributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user.value);
    return attributes;
  }

  /** Adds a step. */
  void step(
      primitive_desc_base description,
      primitive primitive,
      Map<Integer, Value> values,
      Map<Integer, memory> constants) {
    values.values().forEach(value -> buffers.get(value.buffer()).usedAt(steps.size()));
    memory.desc scratchpad = kept.keep(description.scratchpad_desc());
    boolean small = isSmall(description, values);
    steps.add(new Step(label, kept.keep(primitive), values, constants, scratchpad, small));
  }

  /** A step that only moves numbers, of which there are so few that threads cost more than help. */
  private boolean isSmall(primitive_desc_base description, Map<Integer, Value> values) {
    if (threads == 1 || !isOfMemory(description.get_kind().value)) {
      return false;
    }
    long bytes = 0;
    for (Value value : values.values()) {
      bytes += value.layout().get_size();
    }
    return bytes * threads <= SMALL;
  }

  private static boolean isOfMemory(int kind) {
    return kind == primitive.kind.binary.value
        || kind == primitive.kind.concat.value
        || kind == primitive.kind.eltwise.value
        || kind == primitive.kind.pooling.value
        || kind == primitive.kind.reorder.value;
  }

  /** The value in the wanted layout: itself, or a reordered copy. */
  Value in(memory.desc layout, Value value) {
    if (layout.equals(value.layout())) {
      return value;
    }
    return copied(value, layout);
  }

  /**
   * The value in the wanted layout of 8-bit integers, counted as the scale says: itself, or a copy
   * that all who want the same have in common.
   *
   * @param scale null for other numbers
   */
  Value in(memory.desc layout, Value value, @Nullable Scale scale) {
    if (scale == null && !value.isQuantized()) {
      return in(layout, value);
    }
    float step = scale == null ? 1 : scale.step();
    if (value.step() == step && layout.equals(value.layout())) {
      return value;
    }
    List<Value> there = copies.computeIfAbsent(value, any -> new ArrayList<>());
    for (Value copy : there) {
      if (copy.step() == step && layout.equals(copy.layout())) {
        return copy;
      }
    }
    Value copy = value(value.shape(), layout, step);
    copyInto(copy, value);
    there.add(copy);
    return copy;
  }

  /** The value in row-major order in 8-bit integers, counted as the scale says. */
  Value quantized(Value value, Scale scale) {
    return in(Layouts.plain(scale.type(), value.shape()), value, scale);
  }

  /** The value if it is not of 8-bit integers, else a copy in single precision. */
  Value unquantized(Value value) {
    return value.isQuantized() ? single(value) : value;
  }

  /** A copy of the value in a layout, in a buffer of its own. */
  Value copied(Value value, memory.desc layout) {
    Value copy = value(value.shape(), layout);
    copyInto(copy, value);
    return copy;
  }

  /** The value in single precision: itself, or a copy. */
  Value single(Value value) {
    return value.type() == memory.data_type.f32 ? value : plain(value);
  }

  /** The values as they are if their types are the same, else in single precision. */
  List<Value> alike(List<Value> values) {
    boolean same = values.stream().map(Value::type).distinct().count() == 1;
    return same ? values : values.stream().map(this::single).toList();
  }

  /** The value in single precision with channels next to each other, in row-major order. */
  Value plain(Value value) {
    return in(Layouts.plain(value.shape()), value, null);
  }

  /** Marks a value as read from outside after the last step. */
  void output(Value value) {
    buffers.get(value.buffer()).usedAt(Integer.MAX_VALUE);
  }

  private void copyInto(Value target, Value source) {
    primitive_attr attributes = attributes();
    Map<Integer, memory> steps = arguments();
    if (source.isQuantized()) {
      steps.put(scaled(attributes, dnnl.DNNL_ARG_SRC), constant(source.step()));
    }
    if (target.isQuantized()) {
      steps.put(scaled(attributes, dnnl.DNNL_ARG_DST), constant(target.step()));
    }
    reorder.primitive_desc description =
        new reorder.primitive_desc(
            engine, source.layout(), engine, target.layout(), attributes, false);
    Map<Integer, Value> values = between(source, target);
    step(description, new reorder(description), values, steps);
  }

  /**
   * Has an argument be counted in steps.
   *
   * @return the number of the argument that holds the step
   */
  static int scaled(primitive_attr attributes, int argument) {
    attributes.set_scales_mask(argument, 0);
    return dnnl.DNNL_ARG_ATTR_SCALES | argument;
  }

  /**
   * Copies weights into native memory in the wanted layout, while other steps are added.
   *
   * @param plain where each element of the weights lies in row-major order
   */
  memory constant(Weights weights, memory.desc plain, memory.desc wanted) {
    return constant(weights::copyTo, (long) weights.size() * Float.BYTES, plain, wanted);
  }

  /**
   * The same of what writes so many bytes into a buffer, on another thread.
   *
   * @param plain where each element of what is written lies
   */
  memory constant(Consumer<ByteBuffer> content, long bytes, memory.desc plain, memory.desc wanted) {
    memory packed = kept.keep(new memory(wanted, engine, constants.take(wanted.get_size())));
    packers.submit(() -> pack(content, bytes, plain, packed));
    return packed;
  }

  /** A constant number. */
  memory constant(float value) {
    return constant(Layouts.vector(1), value);
  }

  /** On a packer's thread; what it takes for that time goes with the scope, also on failure. */
  private void pack(Consumer<ByteBuffer> content, long bytes, memory.desc plain, memory packed) {
    BytePointer block = staging.take(bytes);
    try (PointerScope scope = new PointerScope()) {
      content.accept(block.asBuffer());
      memory source = new memory(plain, engine, block);
      stream stream = new stream(engine);
      new reorder(source, packed).execute(stream, source, packed);
      stream._wait();
    } finally {
      staging.give(block);
    }
  }

  /** A constant array in row-major order that is not a layer's weights. */
  memory constant(memory.desc plain, float... values) {
    return constant(Weights.vector(values), plain, plain);
  }

  /** Zeros, as many as the shape has elements, in a layout. */
  memory zeros(memory.desc layout, Shape shape) {
    return constant(Weights.vector(new float[shape.size()]), Layouts.plain(shape), layout);
  }

  /** The arguments of what reads one value and writes one. */
  static Map<Integer, Value> between(Value source, Value result) {
    return Map.of(dnnl.DNNL_ARG_SRC, source, dnnl.DNNL_ARG_DST, result);
  }

  /** Arguments under construction; the order of adding does not matter. */
  static <V> Map<Integer, V> arguments() {
    return new HashMap<>();
  }
}
