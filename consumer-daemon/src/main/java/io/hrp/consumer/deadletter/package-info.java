/**
 * Dead-letter records: the port through which a record that can never be applied is put aside, and
 * its Kafka adapter. It must not depend on HBase, nor on any other adapter.
 */
@NullMarked
package io.hrp.consumer.deadletter;

import org.jspecify.annotations.NullMarked;
