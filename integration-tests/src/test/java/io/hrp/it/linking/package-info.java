/** Programs of somebody else's, built and run against the artifacts as they are published. */
@NullMarked
package io.hrp.it.linking;

import org.jspecify.annotations.NullMarked;
