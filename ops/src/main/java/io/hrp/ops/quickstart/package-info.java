/**
 * The guided first run: real servers, a real data set, the producer library and a daemon, compared
 * cell by cell at the end. Sees Kafka and HBase only through the adapters of {@code ops.client}.
 */
@NullMarked
package io.hrp.ops.quickstart;

import org.jspecify.annotations.NullMarked;
