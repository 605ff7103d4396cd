/**
 * The daemon's settings: the shared sections of {@code hrp.yaml} and its own, read and checked to
 * the last key. It is the only reader of raw keys; no other package but the entry point depends on
 * it.
 */
@NullMarked
package io.hrp.consumer.config;

import org.jspecify.annotations.NullMarked;
