/** The adapter to HBase against a real cluster, failure by failure. */
@NullMarked
package io.hrp.it.apply;

import org.jspecify.annotations.NullMarked;
