/** ZIP archives, read where their members lie and written. */
@NullMarked
package io.unmask.keras.archive;

import org.jspecify.annotations.NullMarked;
