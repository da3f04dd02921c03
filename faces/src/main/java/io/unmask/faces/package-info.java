/** A finder of faces that is a network, run by whichever backend is there. */
@NullMarked
package io.unmask.faces;

import org.jspecify.annotations.NullMarked;
