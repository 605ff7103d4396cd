/**
 * Pure: states, reasons, lag and age of the oldest unapplied record for each table and peer, from
 * what the poll threads, the trackers and the control state know. It must not depend on Kafka,
 * HBase, threads or a clock.
 */
@NullMarked
package io.hrp.consumer.status;

import org.jspecify.annotations.NullMarked;
