/**
 * Bounds on the bytes and records in flight. It must not depend on any other package of the
 * producer.
 */
@NullMarked
package io.hrp.producer.internal.limit;

import org.jspecify.annotations.NullMarked;
