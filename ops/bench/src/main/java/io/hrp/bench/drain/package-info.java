/**
 * {@code hrp bench drain}: a backlog into one peer, by the daemon and by three others. Runs its own
 * sandbox; must not depend on the other benchmarks.
 */
@NullMarked
package io.hrp.bench.drain;

import org.jspecify.annotations.NullMarked;
