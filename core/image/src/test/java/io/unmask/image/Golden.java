package io.unmask.image;

import io.unmask.spi.InputFormat;
import io.unmask.spi.Preprocessor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** The images that make_image_golden.py made and what TensorFlow makes of them. */
final class Golden {

  /**
   * One image at one size.
   *
   * @param crc32 of TensorFlow's floats as little-endian bytes
   * @param samples the first, the middle and the last of them
   */
  record Expectation(String file, InputFormat format, String crc32, List<Float> samples) {

    static Expectation parse(String line) {
      String[] fields = line.split("\t", -1);
      return new Expectation(
          fields[0],
          InputFormat.unitRange(Integer.parseInt(fields[1]), Integer.parseInt(fields[2])),
          fields[3],
          List.of(
              Float.parseFloat(fields[4]),
              Float.parseFloat(fields[5]),
              Float.parseFloat(fields[6])));
    }

    @Override
    public String toString() {
      return file + " to " + format.height() + "x" + format.width();
    }
  }

  private Golden() {}

  static List<Expectation> expectations() {
    return new String(bytes("expected.tsv"), StandardCharsets.UTF_8)
        .lines()
        .map(Expectation::parse)
        .toList();
  }

  static byte[] bytes(String file) {
    try (InputStream in = Golden.class.getResourceAsStream("/images/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource images/" + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static float[] process(Preprocessor preprocessor, byte[] encoded, InputFormat format) {
    float[] floats = new float[format.size()];
    preprocessor.process(encoded, "image", format, FloatBuffer.wrap(floats));
    return floats;
  }

  static List<Float> samples(float[] floats) {
    return List.of(floats[0], floats[floats.length / 2], floats[floats.length - 1]);
  }

  static String crc32(float[] floats) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * floats.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(floats);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return String.format("%08x", sum.getValue());
  }
}
