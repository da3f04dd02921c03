/** From Keras's layers to those of a network: a file for each family. */
@NullMarked
package io.unmask.keras.layers;

import org.jspecify.annotations.NullMarked;
