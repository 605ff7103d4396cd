/** {@code hrp bench publish}: the producer library beside a bare Kafka producer. */
@NullMarked
package io.hrp.bench.publish;

import org.jspecify.annotations.NullMarked;
