/** Unmask in Spring Boot: a detector as a bean, its properties, its health and its measurements. */
@NullMarked
package io.unmask.spring;

import org.jspecify.annotations.NullMarked;
