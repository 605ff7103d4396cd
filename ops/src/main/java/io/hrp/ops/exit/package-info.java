/**
 * The exit codes of the command line and which failure leads to which. Sits below the commands, so
 * it must not depend on them nor on the renderers.
 */
@NullMarked
package io.hrp.ops.exit;

import org.jspecify.annotations.NullMarked;
