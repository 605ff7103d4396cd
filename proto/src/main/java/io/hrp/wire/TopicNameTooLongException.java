package io.hrp.wire;

/** The topic name of a table would pass Kafka's limit once the dead-letter prefix is on it. */
public final class TopicNameTooLongException extends WireException {
  private final TableId table;
  private final int length;

  TopicNameTooLongException(TableId table, int length) {
    super(
        "cannot name the topics of table '"
            + table
            + "': the dead-letter topic's name would have "
            + length
            + " characters, Kafka takes "
            + TopicNames.MAX_LENGTH
            + "; use a shorter table or namespace name",
        null);
    this.table = table;
    this.length = length;
  }

  public TableId table() {
    return table;
  }

  /** Length the dead-letter topic's name would have, in characters. */
  public int length() {
    return length;
  }
}
