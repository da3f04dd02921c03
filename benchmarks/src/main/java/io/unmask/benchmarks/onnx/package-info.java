/** Networks as ONNX models, and ONNX Runtime as an engine to compare with. */
@NullMarked
package io.unmask.benchmarks.onnx;

import org.jspecify.annotations.NullMarked;
