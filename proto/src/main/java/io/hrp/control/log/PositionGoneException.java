package io.hrp.control.log;

import org.apache.kafka.common.KafkaException;

/** A reader's position is not in its topic any more. */
final class PositionGoneException extends KafkaException {
  PositionGoneException(String topic, long position, long end) {
    super(
        "topic '"
            + topic
            + "' does not hold position "
            + position
            + " any more (it ends at "
            + end
            + "): it was deleted and created again, or cut");
  }
}
