package io.hrp.control;

import java.util.Optional;

/** The second part of a control key: which property of the scope the record holds. */
enum ControlAttribute {
  /** Of a table: how many partitions its topic has. */
  PARTITIONS("partitions"),
  /** Of a table: producers of it refuse. */
  CLOSED("closed"),
  /** Of a peer, a table, or a table on a peer. */
  PAUSE("pause"),
  /** Of a table or family, for the moment in which a disable or enable reads offsets. */
  HOLD("hold"),
  /** Of a table or family; a number follows, because a scope has several intervals over time. */
  DISCARD("discard"),
  /** Of a peer: when it was first seen. */
  REGISTRATION("registration"),
  /** Of a table on a peer: the topic it was started on. */
  TOPIC_START("topic-start"),
  /** Of a peer: generation and hash of what it selects. */
  SELECTION("selection");

  private final String text;

  ControlAttribute(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  static Optional<ControlAttribute> ofText(String text) {
    for (ControlAttribute attribute : values()) {
      if (attribute.text.equals(text)) {
        return Optional.of(attribute);
      }
    }
    return Optional.empty();
  }
}
