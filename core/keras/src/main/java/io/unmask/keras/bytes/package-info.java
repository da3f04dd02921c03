/** The bytes of model files, on the disk or in memory. */
@NullMarked
package io.unmask.keras.bytes;

import org.jspecify.annotations.NullMarked;
