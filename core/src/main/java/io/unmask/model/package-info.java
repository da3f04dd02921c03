/** A model ready for a detector: network, manifest, input format. */
@NullMarked
package io.unmask.model;

import org.jspecify.annotations.NullMarked;
