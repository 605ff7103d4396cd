/**
 * Pure: what operators and programs recorded in the control topic, as immutable snapshots, and the
 * status that daemons report. It must not depend on Kafka, on generated messages, on logging,
 * threads or the system clock; {@code io.hrp.control.log} reads and writes the topics.
 */
@NullMarked
package io.hrp.control;

import org.jspecify.annotations.NullMarked;
