/**
 * Pure: turns what was observed into findings. It decides what a person should look at, and must
 * not ask Kafka or HBase, nor know how findings are shown.
 */
@NullMarked
package io.hrp.ops.check;

import org.jspecify.annotations.NullMarked;
