/** Photos by the million: a function for Spark's datasets and for its SQL. */
@NullMarked
package io.unmask.spark;

import org.jspecify.annotations.NullMarked;
