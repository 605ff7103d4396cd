/**
 * Door two: an {@code OutputFormat} of Hadoop's new API over the publisher, for MapReduce, Spark
 * and whatever else speaks it. The one package that needs {@code hadoop-mapreduce-client-core}; it
 * may import {@code io.hrp.producer}, never the reverse.
 */
@NullMarked
package io.hrp.producer.mapreduce;

import org.jspecify.annotations.NullMarked;
