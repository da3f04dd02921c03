package io.unmask.fuzz;

import io.unmask.testkit.fuzz.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Changes to image files that hit their parts: chunks and segments are changed, cut, repeated and
 * exchanged. Checksums of PNG and the length of WebP are put right.
 */
final class ImageFileBytes {

  /** A part of a file. */
  private record Part(int start, int end) {}

  private ImageFileBytes() {}

  static byte[] mutated(byte[] file, Random random) {
    List<Part> parts = parts(file);
    byte[] changed = file;
    if (parts.size() < 2 || random.nextInt(6) == 0) {
      int end = random.nextBoolean() ? Math.min(file.length, 64) : file.length;
      changed = Bytes.mutated(file, 0, end, random);
    } else {
      Part part = parts.get(random.nextInt(parts.size()));
      Part other = parts.get(random.nextInt(parts.size()));
      byte[] content = Arrays.copyOfRange(file, part.start, part.end);
      changed =
          switch (random.nextInt(8)) {
            case 0 -> Bytes.replaced(file, part.start, content.length, new byte[0]);
            case 1 -> Bytes.replaced(file, other.start, 0, content);
            case 2 -> Bytes.replaced(file, part.start, 0, repeated(content, random));
            case 3 -> Bytes.mutated(file, part.start, Math.min(part.end, part.start + 24), random);
            default -> Bytes.mutated(file, part.start, part.end, random);
          };
    }
    if (isPng(changed) && random.nextInt(16) != 0) {
      repair(changed);
    }
    if (isWebp(changed) && random.nextInt(16) != 0) {
      ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(4, changed.length - 8);
    }
    return changed;
  }

  private static byte[] repeated(byte[] content, Random random) {
    int times = Math.min(1 + random.nextInt(200), 1 + (1 << 16) / Math.max(1, content.length));
    byte[] all = new byte[content.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(content, 0, all, i * content.length, content.length);
    }
    return all;
  }

  private static boolean isPng(byte[] file) {
    return file.length > 8 && file[0] == (byte) 0x89 && file[1] == 'P';
  }

  private static boolean isWebp(byte[] file) {
    return file.length > 12 && file[0] == 'R';
  }

  private static List<Part> parts(byte[] file) {
    List<Part> parts = new ArrayList<>();
    ByteBuffer big = ByteBuffer.wrap(file);
    ByteBuffer little = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    boolean png = isPng(file);
    boolean jpeg = file.length > 2 && file[0] == (byte) 0xFF;
    boolean webp = isWebp(file);
    int at = png ? 8 : jpeg ? 2 : 12;
    while ((png || jpeg || webp) && at + 12 <= file.length) {
      long end;
      if (png) {
        end = at + 12L + big.getInt(at);
      } else if (webp) {
        end = at + 8L + little.getInt(at + 4) + (little.getInt(at + 4) & 1);
      } else {
        boolean scan = file[at + 1] == (byte) 0xDA;
        end = scan ? file.length : at + 2L + (big.getShort(at + 2) & 0xFFFF);
      }
      if (end <= at || end > file.length) {
        break;
      }
      parts.add(new Part(at, (int) end));
      at = (int) end;
    }
    return parts;
  }

  /** Puts the checksums of a PNG's chunks right. */
  static void repair(byte[] png) {
    ByteBuffer data = ByteBuffer.wrap(png);
    int at = 8;
    while (at + 12 <= png.length) {
      int length = data.getInt(at);
      if (length < 0 || length > png.length - 12 - at) {
        return;
      }
      CRC32 sum = new CRC32();
      sum.update(png, at + 4, length + 4);
      data.putInt(at + 8 + length, (int) sum.getValue());
      at += 12 + length;
    }
  }
}
