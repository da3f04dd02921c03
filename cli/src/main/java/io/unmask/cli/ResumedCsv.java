package io.unmask.cli;

import io.unmask.DetectorInfo;
import io.unmask.files.FileFault;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of results that a run goes on with: what it has is not done again, and a row that a run
 * was killed in is taken away. One run writes at a time. The names of all rows are held in memory.
 */
final class ResumedCsv implements AutoCloseable {

  private final @Nullable FileChannel channel;
  private final @Nullable PrintWriter out;

  /** Where the last whole row ends. */
  private final long end;

  private final Set<String> known = new HashSet<>();
  private final boolean empty;
  private final Path file;

  /** The last row with a verdict, or none. */
  private final List<String> last;

  private long leftOut;

  private ResumedCsv() {
    channel = null;
    out = null;
    end = 0;
    empty = true;
    file = Path.of("");
    last = List.of();
  }

  private ResumedCsv(Path file, FileChannel channel) throws IOException {
    Rows rows = new Rows(known);
    rows.read(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16));
    // Of a header that a run was killed in there is the beginning.
    boolean fits =
        rows.end > 0
            ? rows.first.equals(CsvReport.HEADER)
            : CsvReport.HEADER.startsWith(rows.first);
    if (!fits) {
      String problem =
          file
              + ": holds something else than results, or those of another version, whose first line"
              + " would be '"
              + CsvReport.HEADER
              + "'; name another file for --resume";
      throw new UncheckedIOException(problem, new IOException(problem));
    }
    empty = rows.end == 0;
    last = rows.last;
    end = rows.end;
    this.file = file;
    this.channel = channel;
    channel.position(end);
    out =
        new PrintWriter(
            new OutputStreamWriter(
                new BufferedOutputStream(Channels.newOutputStream(channel)),
                StandardCharsets.UTF_8));
  }

  /**
   * Opens a file, which is made if it is not there.
   *
   * @param file null for none: then everything is new
   * @throws UncheckedIOException if it cannot be written, holds something else, or another run has
   *     it
   */
  static ResumedCsv of(@Nullable Path file) {
    if (file == null) {
      return new ResumedCsv();
    }
    @Nullable FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        throw new OverlappingFileLockException();
      }
      return new ResumedCsv(file, channel);
    } catch (OverlappingFileLockException e) {
      throw closed(
          channel, file + ": another run is writing into it; wait for it, or name another file", e);
    } catch (UncheckedIOException e) {
      throw closed(channel, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw closed(channel, file + ": cannot be written: " + FileFault.reason(e), e);
    }
  }

  private static UncheckedIOException closed(
      @Nullable FileChannel channel, String message, Exception cause) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return new UncheckedIOException(message, new IOException(message, cause));
  }

  /**
   * Checks that the rows to come can stand below those that are there, and takes away the row that
   * a run was killed in. Before this nothing in the file is changed.
   *
   * @throws IllegalArgumentException if the last row is of another model or of other settings
   * @throws UncheckedIOException if the file cannot be written
   */
  void goOnWith(DetectorInfo info) {
    if (channel == null) {
      return;
    }
    if (!last.isEmpty()) {
      requireSame(info);
    }
    try {
      channel.truncate(end);
    } catch (IOException e) {
      String problem = file + ": cannot be written: " + FileFault.reason(e);
      throw new UncheckedIOException(problem, new IOException(problem, e));
    }
  }

  private void requireSame(DetectorInfo info) {
    List<String> columns = CsvReport.columns();
    List<String> here = CsvReport.common(info);
    for (int i = 0; i < here.size(); i++) {
      String column = CsvReport.COMMON.get(i);
      String there = last.get(columns.indexOf(column));
      if (!there.equals(here.get(i))) {
        String difference = SettingsFingerprint.difference(there, here.get(i));
        throw new IllegalArgumentException(
            "%s: its rows are of the %s '%s', those of this run would be of '%s'%s; run it with the same model and options, or name another file for --resume"
                .formatted(
                    file,
                    column,
                    there,
                    here.get(i),
                    difference.isEmpty() ? "" : ", which differ in this: " + difference));
      }
    }
  }

  /** Where the rows go, if there is a file. */
  Optional<PrintWriter> out() {
    return Optional.ofNullable(out);
  }

  /** Whether it has not even a header. */
  boolean isEmpty() {
    return empty;
  }

  /**
   * Whether an image has no row yet; from now on it counts as having one. Names that are not UTF-8
   * cannot be told apart by what is left of them: such images always count as new.
   */
  boolean isNew(String name) {
    if (out == null || name.indexOf('\uFFFD') >= 0 || known.add(name)) {
      return true;
    }
    leftOut++;
    return false;
  }

  /** How many images were not new. */
  long leftOut() {
    return leftOut;
  }

  @Override
  public void close() {
    if (out != null) {
      out.close();
    }
  }

  /** Reads the first line, and the fields of each whole row below it (RFC 4180). */
  private static final class Rows {

    private static final int COLUMNS = CsvReport.columns().size();
    private static final int LABEL = CsvReport.columns().indexOf("label");

    private final Set<String> names;
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();

    /** As much of the first line as there is, without its end. */
    String first = "";

    /** Where the last whole row ends, or 0 if there is not even the first line. */
    long end;

    /** The last whole row with a label, or none. */
    List<String> last = List.of();

    Rows(Set<String> names) {
      this.names = names;
    }

    void read(InputStream stream) throws IOException {
      long position = 0;
      int b = 0;
      while (b != '\n' && (b = stream.read()) >= 0) {
        position++;
        if (b == '\n') {
          end = position;
        } else if (b != '\r' && field.size() <= CsvReport.HEADER.length()) {
          field.write(b);
        }
      }
      first = field.toString(StandardCharsets.UTF_8);
      field.reset();
      rows(stream, position);
    }

    private void rows(InputStream stream, long start) throws IOException {
      boolean quoted = false;
      boolean closing = false;
      long position = start;
      List<String> row = new ArrayList<>();
      for (int b = stream.read(); b >= 0; b = stream.read()) {
        position++;
        boolean second = closing && b == '"'; // two in a row are one that is meant
        closing = quoted && b == '"';
        if (b == '"') {
          quoted = !quoted;
        }
        if (!quoted && (b == '\n' || b == ',')) {
          row.add(field.toString(StandardCharsets.UTF_8));
          field.reset();
        } else if ((second || b != '"') && (quoted || b != '\r')) {
          field.write(b);
        }
        if (!quoted && b == '\n') {
          end = position;
          names.add(row.get(0));
          last = row.size() == COLUMNS && !row.get(LABEL).isEmpty() ? row : last;
          row = new ArrayList<>();
        }
      }
    }
  }
}
