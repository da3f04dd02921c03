/** What threads do for each other, for the modules of this project. */
@NullMarked
package io.unmask.concurrent;

import org.jspecify.annotations.NullMarked;
