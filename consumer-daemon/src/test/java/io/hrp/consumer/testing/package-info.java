/** Fakes, contract tests and builders that tests of this and other modules share. */
@NullMarked
package io.hrp.consumer.testing;

import org.jspecify.annotations.NullMarked;
