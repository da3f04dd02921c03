/** From a network to the config and the weights of a file. */
@NullMarked
package io.unmask.keras.write;

import org.jspecify.annotations.NullMarked;
