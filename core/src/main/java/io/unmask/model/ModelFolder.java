package io.unmask.model;

import io.unmask.error.InterruptionException;
import io.unmask.error.ModelFormatException;
import io.unmask.files.FileFault;
import io.unmask.files.WholeStream;
import io.unmask.keras.KerasReader;
import io.unmask.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where model files and their manifest lie together: a folder on the disk, or resources on a class
 * path. Files are spoken of by their names in it. Immutable.
 */
public sealed interface ModelFolder {

  /** A folder on the disk, which need not be there. */
  static ModelFolder of(Path folder) {
    return new OnDisk(folder);
  }

  /**
   * Resources on the class path of a class. They are read into memory, so they should be small.
   *
   * @param anchor the class whose loader finds them
   * @param path where they are from the class, such as {@code default}
   */
  static ModelFolder resources(Class<?> anchor, String path) {
    return new Resources(anchor, path);
  }

  /** Where a file is on the disk, if that is where the folder lies. */
  Optional<Path> path(String name);

  /** What a file is called in messages. */
  String where(String name);

  /** Whether there is a file of this name; names that lead out of the folder are of none. */
  boolean has(String name);

  /**
   * The name of a file as the folder lists it. It is another one than the given where the case of
   * letters does not matter, as on Windows; so that a file has one name, however it is called.
   */
  String listed(String name);

  /**
   * Opens a file.
   *
   * @throws IOException if it is not there or cannot be read
   */
  InputStream open(String name) throws IOException;

  /** Reads a model file, as {@link KerasReader#read(Path)} does. */
  Network network(String name);

  /** The version of Keras that wrote a model file, as {@link KerasReader#version(Path)}. */
  Optional<String> kerasVersion(String name);

  /**
   * A folder on the disk.
   *
   * @param path the folder
   */
  record OnDisk(Path path) implements ModelFolder {

    @Override
    public Optional<Path> path(String name) {
      return Optional.of(path.resolve(name));
    }

    @Override
    public String where(String name) {
      return path.resolve(name).toString();
    }

    @Override
    public boolean has(String name) {
      try {
        Path file = path.resolve(name);
        @Nullable Path last = file.getFileName();
        return last != null && file.equals(path.resolve(last)) && Files.isRegularFile(file);
      } catch (InvalidPathException e) {
        return false;
      }
    }

    @Override
    public String listed(String name) {
      try {
        @Nullable Path real =
            path.resolve(name).toRealPath(LinkOption.NOFOLLOW_LINKS).getFileName();
        return real != null && real.toString().equalsIgnoreCase(name) ? real.toString() : name;
      } catch (IOException | InvalidPathException e) {
        return name; // whoever opens it is told why that is not possible
      }
    }

    @Override
    public InputStream open(String name) throws IOException {
      return Files.newInputStream(path.resolve(name));
    }

    @Override
    public Network network(String name) {
      return KerasReader.read(path.resolve(name));
    }

    @Override
    public Optional<String> kerasVersion(String name) {
      return KerasReader.version(path.resolve(name));
    }
  }

  /**
   * Resources.
   *
   * @param anchor the class whose loader finds them
   * @param path where they are from the class
   */
  record Resources(Class<?> anchor, String path) implements ModelFolder {

    @Override
    public Optional<Path> path(String name) {
      return Optional.empty();
    }

    @Override
    public String where(String name) {
      return "resource " + anchor.getPackageName().replace('.', '/') + "/" + path + "/" + name;
    }

    @Override
    public boolean has(String name) {
      return name.indexOf('/') < 0
          && !name.equals("..")
          && anchor.getResource(path + "/" + name) != null;
    }

    @Override
    public String listed(String name) {
      return name;
    }

    @Override
    public InputStream open(String name) throws IOException {
      @Nullable InputStream stream = anchor.getResourceAsStream(path + "/" + name);
      if (stream == null) {
        throw new IOException("there is no such resource");
      }
      return stream;
    }

    @Override
    public Network network(String name) {
      return KerasReader.read(where(name), bytes(name));
    }

    @Override
    public Optional<String> kerasVersion(String name) {
      return KerasReader.version(where(name), bytes(name));
    }

    private byte[] bytes(String name) {
      try (InputStream stream = open(name)) {
        return WholeStream.read(stream);
      } catch (IOException e) {
        if (InterruptionException.isBehind(e)) {
          throw new InterruptionException(where(name), e);
        }
        throw new ModelFormatException(
            where(name)
                + ": cannot be read ("
                + FileFault.reason(e)
                + "); get the jar that holds it again",
            e);
      }
    }
  }
}
