/** Reads C2PA manifests: JUMBF, CBOR, COSE, and what their hashes are of. */
@NullMarked
package io.unmask.image.provenance.c2pa;

import org.jspecify.annotations.NullMarked;
