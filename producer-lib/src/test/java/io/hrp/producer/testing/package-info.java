/** Fakes of the publisher's edges, for tests of this and other modules. */
@NullMarked
package io.hrp.producer.testing;

import org.jspecify.annotations.NullMarked;
