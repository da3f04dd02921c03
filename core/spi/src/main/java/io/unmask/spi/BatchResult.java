package io.unmask.spi;

/**
 * The loss of a network on a batch, and its number of correct results.
 *
 * @param count the number of images
 * @param loss the mean loss over the images plus the regularisation, which is Keras's {@code loss}
 * @param correct the number of images for which {@code p > 0.5} agrees with the label ({@code >
 *     0.5}): Keras's {@code accuracy} times the count
 */
public record BatchResult(int count, double loss, int correct) {}
