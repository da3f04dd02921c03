/** The CPU backend: networks run by oneDNN. */
@NullMarked
package io.unmask.backend.cpu;

import org.jspecify.annotations.NullMarked;
