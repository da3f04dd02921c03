package io.unmask.keras.archive;

import io.unmask.keras.hdf5.Hdf5Writer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs a {@code .keras} archive, its members stored, as Keras does. */
public final class ZipPacking {

  /** Something that can be written twice alike. */
  @FunctionalInterface
  private interface Content {
    void writeTo(OutputStream output) throws IOException;
  }

  private static final class Counter extends OutputStream {

    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }

  private ZipPacking() {}

  /** Writes an archive to a stream, which stays open. */
  public static void pack(
      OutputStream archive, byte[] metadata, byte[] config, Hdf5Writer.Group weights)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(archive);
    add(zip, ArchiveMembers.METADATA, output -> output.write(metadata));
    add(zip, ArchiveMembers.CONFIG, output -> output.write(config));
    add(zip, ArchiveMembers.WEIGHTS, output -> Hdf5Writer.write(weights, output));
    zip.finish();
  }

  /** A stored member's size and checksum come before it, so that it is written twice. */
  private static void add(ZipOutputStream zip, String name, Content content) throws IOException {
    Counter counter = new Counter();
    CheckedOutputStream checked = new CheckedOutputStream(counter, new CRC32());
    content.writeTo(checked);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(counter.count);
    entry.setCrc(checked.getChecksum().getValue());
    zip.putNextEntry(entry);
    content.writeTo(zip);
  }
}
