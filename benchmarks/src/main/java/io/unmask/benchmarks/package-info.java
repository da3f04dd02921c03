/** Benchmarks of the hot paths and of the peers. */
@NullMarked
package io.unmask.benchmarks;

import org.jspecify.annotations.NullMarked;
