/**
 * The one thread of a peer that owns its Kafka consumer: poll, pause, rewind, commit, rebalance.
 * What would block it (ids, committed offsets, end offsets, the control topic's writer) is asked by
 * a second thread, which hands answers over. It must not depend on HBase.
 */
@NullMarked
package io.hrp.consumer.poll;

import org.jspecify.annotations.NullMarked;
