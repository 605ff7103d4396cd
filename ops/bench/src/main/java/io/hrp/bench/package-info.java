/**
 * The benchmarks behind {@code hrp bench}: entry point of their own process. Wires benchmarks and
 * output; nothing depends on it.
 */
@NullMarked
package io.hrp.bench;

import org.jspecify.annotations.NullMarked;
