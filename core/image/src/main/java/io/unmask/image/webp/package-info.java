/**
 * The two ways in which WebP codes a picture, as libwebp decodes them to the bit: lossy (VP8, RFC
 * 6386) and lossless (VP8L, RFC 9649, section 3). The container around them is not known here.
 */
@NullMarked
package io.unmask.image.webp;

import org.jspecify.annotations.NullMarked;
