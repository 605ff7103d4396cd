/**
 * The catalogue of the producer's metrics and their registration. It must not depend on the parts
 * that count.
 */
@NullMarked
package io.hrp.producer.metrics;

import org.jspecify.annotations.NullMarked;
