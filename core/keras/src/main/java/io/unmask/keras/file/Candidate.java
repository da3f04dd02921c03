package io.unmask.keras.file;

import io.unmask.keras.bytes.WeightFile;
import io.unmask.keras.config.ModelText;
import java.util.BitSet;

/**
 * An archive whose weights lie in it as they are.
 *
 * @param config its description of the model
 * @param weights where its HDF5 lies
 * @param length how long that is
 * @param unknown the blocks of it that are not known to be those of the first file
 */
public record Candidate(ModelText config, WeightFile weights, long length, BitSet unknown) {
  public boolean mayBeLike(Candidate other) {
    return length == other.length && config.describesTheSame(other.config);
  }
}
