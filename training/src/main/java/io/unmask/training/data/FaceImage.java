package io.unmask.training.data;

import java.nio.file.Path;

/**
 * An image of a data set.
 *
 * @param file the image file
 * @param fake whether it was generated, rather than photographed
 */
public record FaceImage(Path file, boolean fake) {}
