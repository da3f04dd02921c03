package io.unmask.training.data;

import java.nio.file.Path;

/**
 * An image of a data set.
 *
 * @param file the image file
 * @param fake whether it was generated, rather than photographed
 * @param source where it comes from, such as a generator or a collection of photographs; sources of
 *     the two classes may have the same name and are different ones
 */
public record FaceImage(Path file, boolean fake, String source) {}
