/** Detectors over several models: which files, how they are merged, and how they are fused. */
@NullMarked
package io.unmask.ensemble;

import org.jspecify.annotations.NullMarked;
