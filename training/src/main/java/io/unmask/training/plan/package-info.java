/** What is trained and how: architectures, and plans of one or two phases. */
@NullMarked
package io.unmask.training.plan;

import org.jspecify.annotations.NullMarked;
