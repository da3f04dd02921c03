/** What is wrong with a model file, without its name. */
@NullMarked
package io.unmask.keras.fault;

import org.jspecify.annotations.NullMarked;
