/** What each place of an image adds to the answer of a network. */
@NullMarked
package io.unmask.network.attribution;

import org.jspecify.annotations.NullMarked;
