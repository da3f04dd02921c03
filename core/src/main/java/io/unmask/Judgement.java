package io.unmask;

import io.unmask.Classification.Opinion;
import java.util.List;

/**
 * What comes of a network's outputs for one part of a photo.
 *
 * @param label the verdict
 * @param probability the probability of fake
 * @param members what each model says
 * @param agreement the share of the members on the same side
 */
record Judgement(Label label, double probability, List<Opinion> members, double agreement) {}
