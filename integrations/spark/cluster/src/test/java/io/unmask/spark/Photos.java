package io.unmask.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Photos to try: the project's two examples again and again, or those below the folder that {@code
 * -Dunmask.photos} names, and one of a hundred broken.
 */
final class Photos {

  private Photos() {}

  /** Writes so many into a folder. */
  static List<Path> write(Path folder, int count) throws IOException {
    List<Path> sources = sources();
    List<Path> written = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = Files.readAllBytes(sources.get(i % sources.size()));
      Path file = folder.resolve("%05d.jpg".formatted(i));
      if (i % 100 == 57) {
        bytes =
            i % 200 == 57
                ? Arrays.copyOf(bytes, bytes.length / 2)
                : ("no photo " + i).getBytes(StandardCharsets.UTF_8);
      }
      written.add(Files.write(file, bytes));
    }
    return written;
  }

  private static List<Path> sources() throws IOException {
    String folder = System.getProperty("unmask.photos", "");
    Path root = folder.isEmpty() ? Path.of("../../../examples/data") : Path.of(folder);
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
  }
}
