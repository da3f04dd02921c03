/** Rewrites from network to network. */
@NullMarked
package io.unmask.network.pass;

import org.jspecify.annotations.NullMarked;
