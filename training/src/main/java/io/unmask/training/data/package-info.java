/** Data sets: which images there are, and how they are split into folds. */
@NullMarked
package io.unmask.training.data;

import org.jspecify.annotations.NullMarked;
