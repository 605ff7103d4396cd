/**
 * Comparing what clusters hold, cell by cell. Works on streams of plain cells, so it must not
 * depend on HBase's or Kafka's classes; adapters turn scans into such streams.
 */
@NullMarked
package io.hrp.ops.verify;

import org.jspecify.annotations.NullMarked;
