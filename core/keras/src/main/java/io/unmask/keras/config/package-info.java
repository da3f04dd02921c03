/** Keras's configs of models and layers, of all its versions in one form. */
@NullMarked
package io.unmask.keras.config;

import org.jspecify.annotations.NullMarked;
