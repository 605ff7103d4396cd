package io.hrp.control;

import static java.util.Objects.requireNonNull;

/**
 * What one control record holds, with its key and who wrote it. The cases are {@link
 * DeclaredPartitions}, {@link ClosedTopic}, {@link Pause}, {@link Hold}, {@link DiscardInterval},
 * {@link PeerRegistration}, {@link TopicStart}, {@link PeerSelection}, and {@link NotUnderstood}
 * for what this program cannot read. All are immutable.
 */
public abstract class ControlValue {
  private final String keyText;
  private final ChangeNote note;

  ControlValue(String keyText, ChangeNote note) {
    this.keyText = requireNonNull(keyText, "keyText");
    this.note = requireNonNull(note, "note");
  }

  /** The record key's text. */
  public final String keyText() {
    return keyText;
  }

  /** Who made the latest change of this value, when and why. */
  public final ChangeNote note() {
    return note;
  }

  @Override
  public String toString() {
    return keyText + " " + note;
  }
}
