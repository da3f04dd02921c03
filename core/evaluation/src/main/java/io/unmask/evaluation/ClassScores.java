package io.unmask.evaluation;

/**
 * How well one class is recognised.
 *
 * @param precision the share of the verdicts for this class that are right
 * @param recall the share of the images of this class that are recognised
 * @param f1 the harmonic mean of the two
 * @param support how many images of this class there are
 */
public record ClassScores(double precision, double recall, double f1, long support) {}
