package io.unmask.image.webp;

/**
 * Columns and rows that a coded picture announces. Whoever decodes it looks at them first, as
 * memory is allocated by them.
 *
 * @param width columns
 * @param height rows
 */
public record PictureSize(int width, int height) {}
