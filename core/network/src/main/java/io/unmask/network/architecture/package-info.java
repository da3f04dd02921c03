/** Architectures as code. */
@NullMarked
package io.unmask.network.architecture;

import org.jspecify.annotations.NullMarked;
