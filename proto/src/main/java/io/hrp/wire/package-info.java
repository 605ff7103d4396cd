/**
 * The wire contract in code: mutations to record values and back, record keys, partitions, topic
 * names, headers. It must not depend on any other package of HRP but the generated messages, nor on
 * Kafka.
 */
@NullMarked
package io.hrp.wire;

import org.jspecify.annotations.NullMarked;
