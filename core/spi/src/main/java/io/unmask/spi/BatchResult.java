package io.unmask.spi;

/**
 * How a network did on a batch.
 *
 * @param count the number of images
 * @param loss the mean loss over the images plus the regularisation, which is Keras's {@code loss}
 * @param correct for how many images {@code p > 0.5} says what the label says ({@code > 0.5}),
 *     Keras's {@code accuracy} times the count
 */
public record BatchResult(int count, double loss, int correct) {}
