/** Networks as ONNX models, which other programs run. */
@NullMarked
package io.unmask.onnx;

import org.jspecify.annotations.NullMarked;
