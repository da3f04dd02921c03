/** What an implementer of a plug-in implements or receives. */
@NullMarked
package io.unmask.spi;

import org.jspecify.annotations.NullMarked;
