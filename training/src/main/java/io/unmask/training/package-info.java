/** Training, cross-validation and reports. */
@NullMarked
package io.unmask.training;

import org.jspecify.annotations.NullMarked;
