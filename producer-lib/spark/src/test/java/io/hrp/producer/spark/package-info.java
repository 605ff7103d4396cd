/** Tests of the Spark helper in local mode, on a publisher in memory. */
@NullMarked
package io.hrp.producer.spark;

import org.jspecify.annotations.NullMarked;
