/**
 * The daemon's entry point: reads the settings, wires the components of each peer, starts them,
 * stops them in reverse, and says how it ended. No other package depends on it.
 */
@NullMarked
package io.hrp.consumer;

import org.jspecify.annotations.NullMarked;
