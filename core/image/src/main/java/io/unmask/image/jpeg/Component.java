package io.unmask.image.jpeg;

/**
 * Where the samples of a component lie.
 *
 * @param width columns of samples that belong to the picture
 * @param height rows of samples that belong to the picture
 * @param offset index of the first
 * @param stride from a row to the next
 */
public record Component(int width, int height, int offset, int stride) {}
