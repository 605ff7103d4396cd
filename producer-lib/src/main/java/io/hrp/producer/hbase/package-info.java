/**
 * The library behind HBase's own API: configuration, connection and tables as the client knows
 * them. It must not depend on MapReduce or Spark.
 */
@NullMarked
package io.hrp.producer.hbase;

import org.jspecify.annotations.NullMarked;
