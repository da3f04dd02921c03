/**
 * The baseline way in which JPEG codes a picture (ITU-T T.81), as libjpeg decodes it with the
 * accurate integer DCT, to the bit. What is in a file beside the picture is not known here.
 */
@NullMarked
package io.unmask.image.jpeg;

import org.jspecify.annotations.NullMarked;
