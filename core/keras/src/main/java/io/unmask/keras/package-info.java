/** Reading Keras model files. */
@NullMarked
package io.unmask.keras;

import org.jspecify.annotations.NullMarked;
