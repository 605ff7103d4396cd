/**
 * Entry point of the {@code hrp} command line: wires the commands and turns their outcome into an
 * exit code.
 */
@NullMarked
package io.hrp.ops;

import org.jspecify.annotations.NullMarked;
