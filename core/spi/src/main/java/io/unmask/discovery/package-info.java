/** What a class path offers of a service. Internal. */
@NullMarked
package io.unmask.discovery;

import org.jspecify.annotations.NullMarked;
