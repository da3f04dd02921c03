/** What decides how long and how fast a network learns: callbacks and learning rates. */
@NullMarked
package io.unmask.training.schedule;

import org.jspecify.annotations.NullMarked;
