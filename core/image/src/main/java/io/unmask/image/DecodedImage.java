package io.unmask.image;

/**
 * What a decoder makes of a file.
 *
 * @param pixels of the first frame, as they are stored
 * @param header what the file says
 */
record DecodedImage(PixelSource pixels, ImageHeader header) {}
