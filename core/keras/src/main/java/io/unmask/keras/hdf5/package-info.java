/** HDF5: groups, attributes and arrays, read within bounds and written. */
@NullMarked
package io.unmask.keras.hdf5;

import org.jspecify.annotations.NullMarked;
