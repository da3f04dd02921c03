package io.unmask.spark;

import io.unmask.EncodedImage;
import io.unmask.error.ImageException;
import io.unmask.image.ImageBytes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/** Where the bytes of a row's photo come from. Called on the threads that read ahead. */
interface Photo extends Serializable {

  /** What photos are called in messages. */
  String NAME = "photo";

  /**
   * The bytes.
   *
   * @throws ImageException if there are none
   */
  EncodedImage read(Row row);

  /**
   * A column of bytes.
   *
   * @param column its index
   */
  record Bytes(int column) implements Photo {
    @Override
    public EncodedImage read(Row row) {
      if (row.isNullAt(column)) {
        throw new ImageException(NAME + ": there are no bytes, expected an image");
      }
      return new EncodedImage(NAME, row.getAs(column));
    }
  }

  /**
   * A column of paths in any file system that Hadoop knows.
   *
   * @param column its index
   * @param hadoop how these are reached
   */
  record File(int column, SerializableConfiguration hadoop) implements Photo {
    @Override
    public EncodedImage read(Row row) {
      if (row.isNullAt(column)) {
        throw new ImageException(NAME + ": there is no path, expected that of an image");
      }
      Path path = path(row.getString(column));
      try (InputStream stream = path.getFileSystem(hadoop.value()).open(path)) {
        return new EncodedImage(NAME, ImageBytes.read(stream, NAME));
      } catch (FileNotFoundException e) {
        throw new ImageException(NAME + ": there is no such file", e);
      } catch (IOException e) {
        throw new ImageException(NAME + ": cannot be read: " + e.getMessage(), e);
      }
    }

    private static Path path(String text) {
      try {
        return new Path(text);
      } catch (IllegalArgumentException e) {
        throw new ImageException(NAME + ": no path that can be read: " + e.getMessage(), e);
      }
    }
  }
}
