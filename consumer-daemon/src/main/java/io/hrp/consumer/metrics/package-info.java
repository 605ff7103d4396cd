/**
 * The daemon's metrics: one catalogue, registration under names that carry labels, and their forms
 * for Prometheus, JMX and the documentation. It must not depend on any other package of HRP.
 */
@NullMarked
package io.hrp.consumer.metrics;

import org.jspecify.annotations.NullMarked;
