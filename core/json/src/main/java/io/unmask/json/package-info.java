/** A small JSON tree with readable errors, for model configurations and manifests. Internal. */
@NullMarked
package io.unmask.json;

import org.jspecify.annotations.NullMarked;
