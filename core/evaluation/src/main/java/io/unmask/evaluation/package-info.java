/**
 * How good a detector is: metrics as immutable values, equal to scikit-learn's.
 *
 * <p>Fake is the positive class throughout, and the verdict is fake if, and only if, the
 * probability is <em>above</em> the threshold.
 */
@NullMarked
package io.unmask.evaluation;

import org.jspecify.annotations.NullMarked;
