/**
 * Applies mutations to an HBase cluster through HBase's asynchronous client. It must not depend on
 * Kafka, nor on any other package of the daemon but the port it implements.
 */
@NullMarked
package io.hrp.consumer.apply.hbase;

import org.jspecify.annotations.NullMarked;
