package io.unmask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a network says about one image.
 *
 * @param picture the image before it was resized, or null if nobody knows
 * @param views the elements of each output, for each view of the image
 * @param preprocessing how long that took, in nanoseconds
 * @param inference how long that took, in nanoseconds
 */
record Answer(
    @Nullable Picture picture, List<List<float[]>> views, long preprocessing, long inference) {}
