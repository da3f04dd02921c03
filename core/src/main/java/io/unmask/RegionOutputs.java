package io.unmask;

import java.util.List;

/**
 * What a network says about one part of a photo: the whole, or a face.
 *
 * @param views the elements of each output, for each view of the part
 * @param preprocessing how long sampling took, and decoding if it was done for this part alone, in
 *     nanoseconds
 * @param inference how long that took, in nanoseconds
 */
record RegionOutputs(List<List<float[]>> views, long preprocessing, long inference) {}
