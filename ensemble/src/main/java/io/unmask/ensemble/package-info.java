/** Detectors over several models. */
@NullMarked
package io.unmask.ensemble;

import org.jspecify.annotations.NullMarked;
