/**
 * One class per subcommand: parse, call, render. The logic lies in the packages they call; commands
 * must not touch Kafka or HBase types and never end the process.
 */
@NullMarked
package io.hrp.ops.command;

import org.jspecify.annotations.NullMarked;
