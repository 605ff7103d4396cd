/** The settings of the command line. The only reader of raw keys in this module. */
@NullMarked
package io.hrp.ops.config;

import org.jspecify.annotations.NullMarked;
