/**
 * Adapters of the command line to Kafka's and HBase's admin clients. They must not depend on each
 * other's foreign types nor on the commands.
 */
@NullMarked
package io.hrp.ops.client;

import org.jspecify.annotations.NullMarked;
