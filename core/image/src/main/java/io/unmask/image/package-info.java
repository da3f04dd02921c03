/** The preprocessor in pure Java, which decodes and resizes images. */
@NullMarked
package io.unmask.image;

import org.jspecify.annotations.NullMarked;
