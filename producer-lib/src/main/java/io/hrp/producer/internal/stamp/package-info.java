/**
 * Timestamps: strictly increasing within a row, given under the row's lock. It must not depend on
 * any other package of the producer.
 */
@NullMarked
package io.hrp.producer.internal.stamp;

import org.jspecify.annotations.NullMarked;
