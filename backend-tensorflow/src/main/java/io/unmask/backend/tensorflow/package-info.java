/** The TensorFlow backend: networks and preprocessing run by TensorFlow, on a GPU or the CPU. */
@NullMarked
package io.unmask.backend.tensorflow;

import org.jspecify.annotations.NullMarked;
