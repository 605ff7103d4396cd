package io.hrp.wire;

/**
 * The message follows a schema this reader does not know: a higher version, or a message type, cell
 * type or durability it has no name for. A newer reader may apply it, so it is parked, not dropped.
 */
public final class NewerSchemaException extends WireFormatException {
  public NewerSchemaException(String message) {
    super(message, null);
  }
}
