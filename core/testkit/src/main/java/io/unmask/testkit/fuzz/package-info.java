/** Sound files with random changes, and a judge of what reading them does. */
package io.unmask.testkit.fuzz;
