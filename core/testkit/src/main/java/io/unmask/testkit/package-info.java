/**
 * What a plug-in is tested with: the contract of backends, models that Keras wrote with its
 * answers, and an interpreter of networks that is slow and obvious.
 */
package io.unmask.testkit;
