/** Model files of either format: where a config is, and where the weights of its layers are. */
@NullMarked
package io.unmask.keras.file;

import org.jspecify.annotations.NullMarked;
