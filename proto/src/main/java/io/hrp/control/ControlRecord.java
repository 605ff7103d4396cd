package io.hrp.control;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One record of the control topic: a value for a key, or the removal of one. Immutable. */
public final class ControlRecord {
  private final long offset;
  private final String keyText;
  private final @Nullable ControlValue value;

  private ControlRecord(long offset, String keyText, @Nullable ControlValue value) {
    this.offset = offset;
    this.keyText = requireNonNull(keyText, "keyText");
    this.value = value;
  }

  public static ControlRecord of(long offset, ControlValue value) {
    return new ControlRecord(offset, value.keyText(), value);
  }

  public static ControlRecord removal(long offset, String keyText) {
    return new ControlRecord(offset, keyText, null);
  }

  public long offset() {
    return offset;
  }

  public String keyText() {
    return keyText;
  }

  /** Absent if the key is removed. */
  public Optional<ControlValue> value() {
    return Optional.ofNullable(value);
  }
}
