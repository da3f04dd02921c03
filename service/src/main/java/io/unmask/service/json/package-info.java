/** Results in JSON, the same from the command and from the service. */
@NullMarked
package io.unmask.service.json;

import org.jspecify.annotations.NullMarked;
