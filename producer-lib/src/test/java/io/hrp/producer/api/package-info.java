/** Tests of the public values. */
@NullMarked
package io.hrp.producer.api;

import org.jspecify.annotations.NullMarked;
