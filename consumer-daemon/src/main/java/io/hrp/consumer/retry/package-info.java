/**
 * Decides what a failure leads to: again after a delay, alone, aside, or a stop of the partition.
 * It must not depend on Kafka, HBase, threads or a clock.
 */
@NullMarked
package io.hrp.consumer.retry;

import org.jspecify.annotations.NullMarked;
