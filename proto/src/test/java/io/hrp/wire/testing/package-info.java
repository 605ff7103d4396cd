/**
 * Builders of mutations and records for tests of this and other modules. Must not depend on more
 * than {@code io.hrp.wire} does.
 */
@NullMarked
package io.hrp.wire.testing;

import org.jspecify.annotations.NullMarked;
