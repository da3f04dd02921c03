package io.unmask.cli;

import io.unmask.files.FileFault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        list.equals(ImageFiles.STANDARD_INPUT)
            ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).lines()
            : lines(Path.of(list));
    return lines
        .filter(line -> !line.isBlank())
        .flatMap(
            line -> {
              ImageFiles files = ImageFiles.list(List.of(line));
              files.notes().forEach(notes);
              return files.inputs().stream();
            });
  }

  @SuppressWarnings("StreamResourceLeak") // the caller closes the stream that comes of it
  private static Stream<String> lines(Path list) {
    try {
      return Files.lines(list);
    } catch (IOException e) {
      throw new UncheckedIOException(list + ": the list cannot be read: " + FileFault.reason(e), e);
    }
  }
}
