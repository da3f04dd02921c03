package io.unmask.training.run;

import io.unmask.files.FileFault;
import io.unmask.network.Network;
import io.unmask.spi.Backend;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;

/**
 * What a frozen trunk makes of every image and of some augmented variants of it, computed once and
 * kept in a file: head and features are then all that the epochs of all folds need.
 *
 * <p>The file begins with a line that says what the features belong to, followed by a row of floats
 * for each image as it is and then for each image in each variant. Rows are appended, so that an
 * interruption loses only the last ones.
 */
final class TrunkFeatures implements Samples, AutoCloseable {

  private static final int KEY_BYTES = 128;

  /** How many images are given to the engine at a time. */
  private static final int BATCH = 8;

  private final SharedFile file;

  private final int images;
  private final int variants;
  private final int size;

  private TrunkFeatures(SharedFile file, int images, int variants, int size) {
    this.file = file;
    this.images = images;
    this.variants = variants;
    this.size = size;
  }

  /**
   * Opens the features, and computes those that are missing.
   *
   * @param path where they are kept
   * @param key what they depend on, at most 100 characters
   * @param trunk puts out the features
   * @param samples the images, whose epochs are the variants
   * @param images how many there are
   */
  static TrunkFeatures open(
      Path path,
      String key,
      Network trunk,
      Backend backend,
      ProgramOptions options,
      Samples samples,
      int images,
      int variants,
      ExecutorService threads,
      TrainingListener listener) {
    int size = trunk.outputShape(0).size();
    SharedFile file;
    try {
      file = SharedFile.open(path);
    } catch (IOException e) {
      throw RunFolder.unwritable(path, e);
    }
    TrunkFeatures features = new TrunkFeatures(file, images, variants, size);
    try {
      int done = features.rowsOf(key);
      int rows = Math.multiplyExact(images, variants + 1);
      if (done < rows) {
        listener.begins("features of the frozen trunk", rows - done);
        try (Program program = backend.compile(trunk, options)) {
          features.compute(program, samples, done, rows, threads, listener);
        }
        listener.ends();
      }
      return features;
    } catch (IOException e) {
      features.close();
      throw RunFolder.unwritable(path, e);
    } catch (RuntimeException | Error e) {
      features.close();
      throw e;
    }
  }

  /** How many whole rows there are; begins anew if they belong to something else. */
  private int rowsOf(String key) throws IOException {
    byte[] wanted = new byte[KEY_BYTES];
    Arrays.fill(wanted, (byte) ' ');
    byte[] text = key.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, wanted, 0, text.length);
    wanted[KEY_BYTES - 1] = '\n';
    if (file.length() >= KEY_BYTES) {
      byte[] found = new byte[KEY_BYTES];
      file.read(found, 0);
      if (Arrays.equals(found, wanted)) {
        return (int) ((file.length() - KEY_BYTES) / rowBytes());
      }
    }
    file.clear();
    file.write(wanted, 0);
    return 0;
  }

  private void compute(
      Program program,
      Samples samples,
      int done,
      int rows,
      ExecutorService threads,
      TrainingListener listener)
      throws IOException {
    Draws order = Draws.inOrder(IntStream.range(done, rows).toArray());
    Batches.Source source =
        (draw, target) -> {
          int at = draw.image();
          if (at < images) {
            samples.plain(at, target);
          } else {
            samples.augmented(Draw.of(at % images, at / images), target);
          }
        };
    int row = done;
    try (Batches batches =
        new Batches(source, samples.size(), new boolean[rows], order, BATCH, threads)) {
      while (batches.hasNext()) {
        Batches.Batch batch = batches.next();
        int count = batch.labels().length;
        float[] values = program.run(batch.samples(), count)[0];
        byte[] bytes = new byte[count * rowBytes()];
        ByteBuffer.wrap(bytes).asFloatBuffer().put(values);
        file.write(bytes, position(row));
        row += count;
        for (int i = 0; i < count; i++) {
          listener.step();
        }
      }
    }
    file.force();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void augmented(Draw draw, FloatBuffer target) {
    if (draw.remade()) {
      throw new IllegalArgumentException("there are no features of what was made of photographs");
    }
    read((1 + draw.round() % variants) * images + draw.image(), target);
  }

  @Override
  public void plain(int image, FloatBuffer target) {
    read(image, target);
  }

  private void read(int row, FloatBuffer target) {
    byte[] bytes = new byte[rowBytes()];
    try {
      file.read(bytes, position(row));
    } catch (IOException e) {
      throw RunFolder.failure(
          "the features of the frozen trunk cannot be read (" + FileFault.reason(e) + ")", e);
    }
    target.put(ByteBuffer.wrap(bytes).asFloatBuffer());
  }

  private int rowBytes() {
    return size * Float.BYTES;
  }

  private long position(int row) {
    return KEY_BYTES + (long) row * rowBytes();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw RunFolder.failure(
          "the features of the frozen trunk cannot be closed (" + FileFault.reason(e) + ")", e);
    }
  }
}
