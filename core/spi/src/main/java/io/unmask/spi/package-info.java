/** The API for plug-ins: the interfaces that they implement, and the types that they receive. */
@NullMarked
package io.unmask.spi;

import org.jspecify.annotations.NullMarked;
