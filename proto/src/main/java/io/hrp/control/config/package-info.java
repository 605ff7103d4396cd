/**
 * Reads {@code hrp.yaml}: the sections several programs share ({@code kafka}, {@code peers}), and
 * the tools with which each program reads its own. Every fault of a file is reported at once. It
 * must not depend on Kafka or HBase; only {@link io.hrp.control.config.HrpYaml} needs a YAML parser
 * on the class path.
 */
@NullMarked
package io.hrp.control.config;

import org.jspecify.annotations.NullMarked;
