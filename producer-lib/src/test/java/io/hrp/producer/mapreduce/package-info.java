/** Tests of the output format on fakes. */
@NullMarked
package io.hrp.producer.mapreduce;

import org.jspecify.annotations.NullMarked;
