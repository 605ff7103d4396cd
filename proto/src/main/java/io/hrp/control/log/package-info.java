/**
 * Reads and writes the control, audit and status topics. The only place where control and status
 * records meet Kafka and the generated messages; it must not depend on any other adapter.
 */
@NullMarked
package io.hrp.control.log;

import org.jspecify.annotations.NullMarked;
