/**
 * How every benchmark measures: sides in turn, medians, costs per row, ratios. Knows nothing of
 * what is measured, so it must not depend on the benchmarks nor on Kafka or HBase.
 */
@NullMarked
package io.hrp.bench.round;

import org.jspecify.annotations.NullMarked;
