/** The API for users: the detector, its builder and its results. */
@NullMarked
package io.unmask;

import org.jspecify.annotations.NullMarked;
