package io.unmask.fuzz;

import io.unmask.testkit.fuzz.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Changes to model files. The members of an archive are changed and packed again, so that checksums
 * are right and what is behind them is reached.
 */
final class ModelBytes {

  private ModelBytes() {}

  static byte[] mutated(byte[] file, Random random) {
    if (file.length == 0 || random.nextInt(12) == 0) {
      return file.length == 0 ? file : Bytes.mutated(file, random);
    }
    if (file[0] != 'P') {
      return hdf5(file, random);
    }
    Map<String, byte[]> members = members(file);
    String config = "config.json";
    String weights = "model.weights.h5";
    if (random.nextInt(5) < 3 && members.containsKey(config)) {
      members.computeIfPresent(config, (name, json) -> JsonText.mutated(json, random));
    } else {
      members.computeIfPresent(weights, (name, h5) -> hdf5(h5, random));
    }
    byte[] packed = packed(members, random.nextInt(6) == 0);
    // The directory is behind the members.
    return random.nextInt(10) == 0
        ? Bytes.mutated(packed, Math.max(0, packed.length - 300), packed.length, random)
        : packed;
  }

  private static byte[] hdf5(byte[] file, Random random) {
    return file.length == 0 || random.nextInt(8) == 0
        ? Bytes.mutated(file, random)
        : Hdf5Bytes.mutated(file, random);
  }

  /** The members of an archive in their order, as far as it can be read. */
  static Map<String, byte[]> members(byte[] file) {
    Map<String, byte[]> members = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        members.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      // What was read is kept.
    }
    return members;
  }

  /** An archive of the members, stored or deflated. */
  static byte[] packed(Map<String, byte[]> members, boolean deflated) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.setMethod(deflated ? ZipOutputStream.DEFLATED : ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        ZipEntry entry = new ZipEntry(member.getKey());
        CRC32 sum = new CRC32();
        sum.update(member.getValue());
        entry.setCrc(sum.getValue());
        entry.setSize(member.getValue().length);
        zip.putNextEntry(entry);
        zip.write(member.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }
}
