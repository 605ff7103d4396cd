/**
 * Publishes RDDs and Datasets, one partition at a time, with one publisher per executor process.
 * For Java and, since every function is an interface of one method, for Scala. It may import {@code
 * io.hrp.producer} and {@code io.hrp.producer.mapreduce}, never the reverse.
 */
@NullMarked
package io.hrp.producer.spark;

import org.jspecify.annotations.NullMarked;
