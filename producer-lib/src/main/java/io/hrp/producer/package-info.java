/**
 * Entry point of the producer library: builds a publisher from options and wires its parts. It
 * holds no Kafka type; those stay in {@code internal.send}.
 */
@NullMarked
package io.hrp.producer;

import org.jspecify.annotations.NullMarked;
