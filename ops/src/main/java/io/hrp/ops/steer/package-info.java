/**
 * What the steering commands do: the steps of a pause, a disable or a topic's creation, and how
 * status is put together, over ports that {@code io.hrp.ops.client} implements. It must not depend
 * on Kafka, HBase, the commands or the renderers.
 */
@NullMarked
package io.hrp.ops.steer;

import org.jspecify.annotations.NullMarked;
