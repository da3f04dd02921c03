/** Runs trainings: folds, phases and epochs, with checkpoints to go on from. */
@NullMarked
package io.unmask.training.run;

import org.jspecify.annotations.NullMarked;
