package io.unmask.image.provenance.container;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks zlib data, as far as the file's allowance goes. */
final class Inflation {

  /** Prompts and workflows have kilobytes. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int BLOCK = 8192;

  private Inflation() {}

  static FileBytes of(FileBytes packed) throws DamagedException {
    ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed.copy());
      byte[] block = new byte[BLOCK];
      while (!inflater.finished()) {
        int length = inflater.inflate(block);
        if (length == 0 && !inflater.finished()) {
          throw new DamagedException("packed text ends too early");
        }
        packed.count(length);
        if (unpacked.size() + length > MOST_BYTES) {
          throw new DamagedException(
              "packed text has more than %d MiB".formatted(MOST_BYTES >> 20));
        }
        unpacked.write(block, 0, length);
      }
    } catch (DataFormatException e) {
      throw new DamagedException("packed text is damaged");
    } finally {
      inflater.end();
    }
    return packed.derived(unpacked.toByteArray());
  }
}
