/** The control log on a real broker. */
@NullMarked
package io.hrp.it.control;

import org.jspecify.annotations.NullMarked;
