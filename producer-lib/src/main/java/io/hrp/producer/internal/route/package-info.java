/**
 * Pure: which topic and partition a mutation goes to, and what fits there. It must not do input or
 * output.
 */
@NullMarked
package io.hrp.producer.internal.route;

import org.jspecify.annotations.NullMarked;
