/** Clusters in memory for tests of the steering commands. */
@NullMarked
package io.hrp.ops.testing;

import org.jspecify.annotations.NullMarked;
