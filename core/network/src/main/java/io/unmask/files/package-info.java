/**
 * Files for Unmask's own modules: writing them whole or not at all, and saying in plain words why
 * that, or reading, failed.
 */
@NullMarked
package io.unmask.files;

import org.jspecify.annotations.NullMarked;
