/** Reports on evaluations: figures, plots and pages. */
@NullMarked
package io.unmask.training.report;

import org.jspecify.annotations.NullMarked;
