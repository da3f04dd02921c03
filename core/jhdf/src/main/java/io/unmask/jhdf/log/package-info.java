/**
 * In the place of SLF4J for jHDF, which writes some three hundred lines at the level INFO for a
 * model and would have SLF4J complain in programs that have no provider for it. What is wrong with
 * a file is said by exceptions, so nothing that it logs is lost to anybody.
 */
@NullMarked
package io.unmask.jhdf.log;

import org.jspecify.annotations.NullMarked;
