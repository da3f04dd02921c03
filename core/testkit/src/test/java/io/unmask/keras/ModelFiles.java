package io.unmask.keras;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Copies of {@code .keras} files with something changed. */
final class ModelFiles {

  private ModelFiles() {}

  /** A copy whose {@code config.json} is rewritten as a text; the change must change something. */
  static Path withConfig(Path source, Path target, UnaryOperator<String> change)
      throws IOException {
    Map<String, byte[]> members = members(source);
    String config = new String(members.get("config.json"), StandardCharsets.UTF_8);
    String changed = change.apply(config);
    if (changed.equals(config)) {
      throw new IllegalArgumentException("nothing to change in " + config);
    }
    members.put("config.json", changed.getBytes(StandardCharsets.UTF_8));
    return write(target, members);
  }

  /** The members of an archive in their order. */
  static Map<String, byte[]> members(Path source) throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(source.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        members.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return members;
  }

  /** Writes an archive of stored members. */
  static Path write(Path target, Map<String, byte[]> members) throws IOException {
    try (OutputStream file = Files.newOutputStream(target);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        ZipEntry entry = new ZipEntry(member.getKey());
        CRC32 crc = new CRC32();
        crc.update(member.getValue());
        entry.setCrc(crc.getValue());
        entry.setSize(member.getValue().length);
        zip.putNextEntry(entry);
        zip.write(member.getValue());
        zip.closeEntry();
      }
    }
    return target;
  }
}
