/**
 * Unmask in Spark, for photos by the million: a function for Spark's datasets and one for its SQL.
 */
@NullMarked
package io.unmask.spark;

import org.jspecify.annotations.NullMarked;
