/**
 * What the command line shows: tables and JSON on standard output, everything else on standard
 * error. Knows nothing of Kafka, HBase or the commands.
 */
@NullMarked
package io.hrp.ops.report;

import org.jspecify.annotations.NullMarked;
