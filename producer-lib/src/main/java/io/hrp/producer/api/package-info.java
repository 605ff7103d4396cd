/**
 * The public contracts of the producer library: publisher, receipts, options and exceptions. It
 * accepts HBase mutations and depends on no other package of HRP.
 */
@NullMarked
package io.hrp.producer.api;

import org.jspecify.annotations.NullMarked;
