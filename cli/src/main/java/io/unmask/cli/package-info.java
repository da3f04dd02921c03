/** The unmask command. */
@NullMarked
package io.unmask.cli;

import org.jspecify.annotations.NullMarked;
