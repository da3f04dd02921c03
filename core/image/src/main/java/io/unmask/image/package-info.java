/** The pure-Java preprocessor: decoding and resizing. */
@NullMarked
package io.unmask.image;

import org.jspecify.annotations.NullMarked;
