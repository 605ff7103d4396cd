/**
 * The daemon's HTTP port: metrics, health, readiness and status, read-only. It must not depend on
 * any other package of HRP: what it shows is handed in.
 */
@NullMarked
package io.hrp.consumer.admin;

import org.jspecify.annotations.NullMarked;
