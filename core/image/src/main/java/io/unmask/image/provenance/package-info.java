/** What an image file claims about itself: its labels, and what they are worth. */
@NullMarked
package io.unmask.image.provenance;

import org.jspecify.annotations.NullMarked;
