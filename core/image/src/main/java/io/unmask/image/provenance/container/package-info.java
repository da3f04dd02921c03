/** Where metadata lies in files: containers hand out pieces, and know nothing of their meaning. */
@NullMarked
package io.unmask.image.provenance.container;

import org.jspecify.annotations.NullMarked;
