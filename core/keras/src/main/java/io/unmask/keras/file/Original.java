package io.unmask.keras.file;

import io.unmask.keras.hdf5.StoredArray;
import io.unmask.keras.hdf5.StoredArray.Extent;
import io.unmask.network.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know of the first file.
 *
 * @param network its model
 * @param read the parts of its HDF5 that were read, arrays among them
 * @param arrays where the arrays that were read lie, or null if some do not lie there as they are
 */
public record Original(Network network, List<Extent> read, @Nullable List<StoredArray> arrays) {}
