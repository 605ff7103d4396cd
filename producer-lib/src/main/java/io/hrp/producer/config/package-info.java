/**
 * The only reader of raw keys: flat {@code hrp.producer.*} keys to options, options to Kafka's own
 * settings. It must not depend on the parts it configures.
 */
@NullMarked
package io.hrp.producer.config;

import org.jspecify.annotations.NullMarked;
