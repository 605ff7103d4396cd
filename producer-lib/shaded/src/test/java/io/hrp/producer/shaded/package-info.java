/** Tests of the shaded jar as its users meet it. */
@NullMarked
package io.hrp.producer.shaded;

import org.jspecify.annotations.NullMarked;
