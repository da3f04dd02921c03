/** The TensorFlow backend. */
@NullMarked
package io.unmask.backend.tensorflow;

import org.jspecify.annotations.NullMarked;
