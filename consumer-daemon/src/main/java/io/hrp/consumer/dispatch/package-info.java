/**
 * Lanes: from records to calls of the target, in the order of each row, under bounds on bytes and
 * calls in flight. It must not depend on Kafka or HBase: records come in as plain values and leave
 * through the ports of {@code apply} and {@code deadletter}.
 */
@NullMarked
package io.hrp.consumer.dispatch;

import org.jspecify.annotations.NullMarked;
