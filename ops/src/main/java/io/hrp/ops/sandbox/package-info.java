/**
 * Real Kafka and HBase servers, and the daemon, as child processes: start, ready, stop, never
 * orphaned. Knows the servers by their files, ports and log lines only, so it must not depend on
 * Kafka's or HBase's classes, nor on the command line.
 */
@NullMarked
package io.hrp.ops.sandbox;

import org.jspecify.annotations.NullMarked;
