/**
 * What operators and the world do to a running daemon: discards, recreated topics, misuse, servers
 * out of reach. Holds tests only.
 */
@NullMarked
package io.hrp.it.fault;

import org.jspecify.annotations.NullMarked;
