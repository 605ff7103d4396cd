/**
 * {@code hrp bench codec}: HRP's record values beside HBase's {@code MutationProto}. Needs no
 * server, and must not depend on the other benchmarks.
 */
@NullMarked
package io.hrp.bench.codec;

import org.jspecify.annotations.NullMarked;
