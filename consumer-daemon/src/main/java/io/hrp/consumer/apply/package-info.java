/**
 * The port through which mutations reach a target cluster: one attempt for a batch, one outcome for
 * each mutation. It names neither HBase nor Kafka; adapters live below it.
 */
@NullMarked
package io.hrp.consumer.apply;

import org.jspecify.annotations.NullMarked;
