/** Random changes of training images, with TensorFlow's semantics. */
@NullMarked
package io.unmask.training.augmentation;

import org.jspecify.annotations.NullMarked;
