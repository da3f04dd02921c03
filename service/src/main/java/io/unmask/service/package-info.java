/** An HTTP service around a {@link io.unmask.Detector}, with a page for people. */
@NullMarked
package io.unmask.service;

import org.jspecify.annotations.NullMarked;
