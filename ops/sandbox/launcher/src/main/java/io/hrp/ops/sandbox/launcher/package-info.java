/**
 * Ties the life of a child process to the process that started it. Uses the JDK alone, because it
 * shares a class path with whatever it runs.
 */
@NullMarked
package io.hrp.ops.sandbox.launcher;

import org.jspecify.annotations.NullMarked;
