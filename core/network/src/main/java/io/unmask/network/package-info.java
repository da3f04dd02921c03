/** A model as data: an immutable graph of layers with their weights. */
@NullMarked
package io.unmask.network;

import org.jspecify.annotations.NullMarked;
