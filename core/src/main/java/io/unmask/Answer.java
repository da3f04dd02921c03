package io.unmask;

import java.util.List;

/**
 * What a network says about one image.
 *
 * @param outputs the elements of each output
 * @param preprocessing how long that took, in nanoseconds
 * @param inference how long that took, in nanoseconds
 */
record Answer(List<float[]> outputs, long preprocessing, long inference) {}
