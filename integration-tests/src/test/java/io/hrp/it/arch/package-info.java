/** The dependency rules of the code base, each one failing with the way to mend it. */
@NullMarked
package io.hrp.it.arch;

import org.jspecify.annotations.NullMarked;
