/**
 * Owns the Kafka producer: send, callback, flush, close, and the look at a topic. The only package
 * of the producer that knows Kafka's types.
 */
@NullMarked
package io.hrp.producer.internal.send;

import org.jspecify.annotations.NullMarked;
