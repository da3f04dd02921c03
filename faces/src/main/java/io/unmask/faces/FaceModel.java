package io.unmask.faces;

import io.unmask.error.ModelFormatException;
import io.unmask.files.FileFault;
import io.unmask.files.WholeStream;
import io.unmask.keras.KerasReader;
import io.unmask.network.Network;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The networks of this artifact: where they are, what they read, and where their anchors lie. */
@SuppressWarnings("ImmutableEnumChecker") // the array is private and never changed
enum FaceModel {
  /** For faces that fill much of a picture: two anchors a cell of 16x16, then six of 8x8. */
  SHORT_RANGE("blazeface_short_range.keras", 128, new int[] {16, 8}, new int[] {2, 6}),

  /** For smaller faces as well: one anchor a cell of 48x48. */
  FULL_RANGE("blazeface_full_range.keras", 192, new int[] {48}, new int[] {1});

  private final String file;
  private final int side;
  private final float[] anchors;

  FaceModel(String file, int side, int[] grids, int[] anchorsOfCell) {
    this.file = file;
    this.side = side;
    int count = 0;
    for (int i = 0; i < grids.length; i++) {
      count += grids[i] * grids[i] * anchorsOfCell[i];
    }
    this.anchors = new float[2 * count];
    int next = 0;
    for (int i = 0; i < grids.length; i++) {
      int grid = grids[i];
      for (int cell = 0; cell < grid * grid; cell++) {
        for (int repeat = 0; repeat < anchorsOfCell[i]; repeat++) {
          int row = cell / grid;
          anchors[next++] = (cell - row * grid + 0.5f) / grid;
          anchors[next++] = (row + 0.5f) / grid;
        }
      }
    }
  }

  /** Rows and columns of the picture that the network reads. */
  int side() {
    return side;
  }

  /** How many places of the picture the network speaks about. */
  int anchors() {
    return anchors.length / 2;
  }

  /** How far an anchor lies to the right, as a share of the picture. */
  float x(int anchor) {
    return anchors[2 * anchor];
  }

  /** How far an anchor lies below the upper edge, as a share of the picture. */
  float y(int anchor) {
    return anchors[2 * anchor + 1];
  }

  /** Reads the network, whose outputs are one score and sixteen places for each anchor. */
  Network network() {
    String where = "resource io/unmask/faces/" + file;
    try (@Nullable InputStream stream = FaceModel.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new ModelFormatException(
            where
                + ": is not there; if the jars were merged into one, see that their resources"
                + " were merged as well");
      }
      return KerasReader.read(where, WholeStream.read(stream));
    } catch (IOException e) {
      throw new ModelFormatException(
          where + ": cannot be read (" + FileFault.reason(e) + "); get the jar that holds it again",
          e);
    }
  }
}
