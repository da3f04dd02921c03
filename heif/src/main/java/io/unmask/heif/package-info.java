/**
 * Reads HEIC and AVIF images through the libheif of the system.
 *
 * <p>Having {@code unmask-heif} on the class path is enough; nothing of it is loaded before the
 * first such file comes.
 */
@NullMarked
package io.unmask.heif;

import org.jspecify.annotations.NullMarked;
