package io.unmask.fuzz;

import io.unmask.jhdf.checksum.JenkinsLookup3HashLittle;
import io.unmask.testkit.fuzz.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Changes to HDF5 that hit its structures rather than the numbers between them: their headers, and
 * above all their addresses, which come to point at other structures. Checksums of object headers
 * and trees are put right.
 */
final class Hdf5Bytes {

  private static final Set<Integer> SIGNATURES =
      Stream.of(
              "\u0089HDF",
              "TREE",
              "SNOD",
              "HEAP",
              "GCOL",
              "OHDR",
              "OCHK",
              "FRHP",
              "FHDB",
              "FHIB",
              "BTHD",
              "BTLF",
              "BTIN",
              "FAHD",
              "FADB",
              "EAHD")
          .map(Hdf5Bytes::tag)
          .collect(Collectors.toUnmodifiableSet());

  private static final int TREE_2 = tag("BTHD");
  private static final int HEADER_2 = tag("OHDR");
  private static final int TREE_2_HEADER = 38;

  private Hdf5Bytes() {}

  private static int tag(String signature) {
    byte[] bytes = signature.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  static byte[] mutated(byte[] file, Random random) {
    List<Integer> structures = structures(file);
    byte[] changed = file.clone();
    int count = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
    for (int i = 0; i < count; i++) {
      int structure =
          structures.isEmpty()
              ? random.nextInt(changed.length)
              : structures.get(random.nextInt(structures.size()));
      int at = Math.min(changed.length - 1, structure + 8 * random.nextInt(16) + (i & 1));
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          // One structure becomes another's child, or its own.
          long address =
              structures.isEmpty() ? 0 : structures.get(random.nextInt(structures.size()));
          Bytes.put(changed, at, address, Long.BYTES, false);
        }
        case 3 -> Bytes.put(changed, at, Bytes.odd(random), Long.BYTES, false);
        case 4 -> Bytes.put(changed, at, Bytes.odd(random), Integer.BYTES, false);
        case 5 -> Bytes.put(changed, structure + 4 + random.nextInt(4), random.nextInt(), 2, false);
        case 6 -> {
          byte[] same =
              Bytes.mutated(changed, structure, Math.min(changed.length, structure + 96), random);
          changed = same.length == changed.length ? same : changed;
        }
        default -> {
          // Structures exchange what they hold.
          int other = structures.isEmpty() ? 0 : structures.get(random.nextInt(structures.size()));
          int length = Math.min(64, changed.length - Math.max(other, structure));
          System.arraycopy(file, other, changed, structure, length);
        }
      }
    }
    if (random.nextInt(16) == 0) {
      changed = Arrays.copyOf(changed, 1 + random.nextInt(changed.length));
    }
    repair(changed);
    return changed;
  }

  /**
   * Where structures begin: their signatures, and object headers of the old form, by their looks.
   */
  private static List<Integer> structures(byte[] file) {
    List<Integer> found = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 16 <= file.length; at++) {
      boolean old =
          at % 8 == 0
              && bytes.getShort(at) == 1
              && bytes.getShort(at + 2) > 0
              && bytes.getInt(at + 4) == 1
              && bytes.getInt(at + 8) > 0
              && bytes.getInt(at + 8) < 4096;
      if (old || SIGNATURES.contains(bytes.getInt(at))) {
        found.add(at);
      }
    }
    return found;
  }

  private static void repair(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + TREE_2_HEADER <= file.length; at++) {
      int here = bytes.getInt(at);
      if (here == TREE_2) {
        seal(bytes, at, TREE_2_HEADER - 4);
      } else if (here == HEADER_2) {
        int flags = file[at + 5];
        int sizeAt = at + 6 + ((flags & 0x20) == 0 ? 0 : 16) + ((flags & 0x10) == 0 ? 0 : 4);
        int width = 1 << (flags & 3);
        long size = width == 1 ? file[sizeAt] & 0xFF : bytes.getShort(sizeAt) & 0xFFFF;
        if (width <= 2 && sizeAt + width + size + 4 <= file.length) {
          seal(bytes, at, sizeAt + width + (int) size - at);
        }
      }
    }
  }

  private static void seal(ByteBuffer bytes, int start, int length) {
    byte[] covered = new byte[length];
    bytes.get(start, covered);
    bytes.putInt(start + length, JenkinsLookup3HashLittle.hash(covered));
  }
}
