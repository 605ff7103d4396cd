/**
 * Pure: which offsets of a partition are unfinished, what may be committed, and to which assignment
 * epoch that belongs. It must not depend on Kafka, but for the value type {@code TopicPartition},
 * nor on clocks or threads.
 */
@NullMarked
package io.hrp.consumer.offset;

import org.jspecify.annotations.NullMarked;
