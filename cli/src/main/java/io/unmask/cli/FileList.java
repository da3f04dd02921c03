package io.unmask.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unmask.files.FileFault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The images that a list names, a path a line; read as they are asked for, however many. */
final class FileList {

  private FileList() {}

  /**
   * The images of a list.
   *
   * @param list the file, {@code -} for standard input, or null for none
   * @param notes is told what was left out of folders
   * @throws UncheckedIOException if the file cannot be read, at once or later
   */
  static Stream<ImageFiles.Input> of(@Nullable String list, Consumer<String> notes) {
    if (list == null) {
      return Stream.empty();
    }
    Stream<String> lines =
        list.equals(ImageFiles.STANDARD_INPUT) ? lines("standard input", System.in) : lines(list);
    return lines
        .filter(line -> !line.isBlank())
        .flatMap(
            line -> {
              ImageFiles files = ImageFiles.list(List.of(line));
              files.notes().forEach(notes);
              return files.inputs().stream();
            });
  }

  private static Stream<String> lines(String list) {
    try {
      InputStream stream = Files.newInputStream(Path.of(list));
      return lines(list, stream).onClose(() -> close(list, stream));
    } catch (IOException e) {
      throw unreadable(list, e);
    }
  }

  /** What is not UTF-8 gets the sign for that, so that its line alone is a problem. */
  private static Stream<String> lines(String list, InputStream stream) {
    BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8));
    return Stream.generate(() -> next(list, reader))
        .takeWhile(Optional::isPresent)
        .map(Optional::orElseThrow);
  }

  private static Optional<String> next(String list, BufferedReader reader) {
    try {
      return Optional.ofNullable(reader.readLine());
    } catch (IOException e) {
      throw unreadable(list, e);
    }
  }

  private static void close(String list, InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw unreadable(list, e);
    }
  }

  private static UncheckedIOException unreadable(String list, IOException e) {
    return new UncheckedIOException(list + ": the list cannot be read: " + FileFault.reason(e), e);
  }
}
