/** What goes wrong: one unchecked root and its few kinds. */
@NullMarked
package io.unmask.error;

import org.jspecify.annotations.NullMarked;
