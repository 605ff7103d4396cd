/**
 * In-memory stand-ins for the control log and the status topic, and the contract tests that they
 * and the adapters to Kafka both pass.
 */
@NullMarked
package io.hrp.control.testing;

import org.jspecify.annotations.NullMarked;
