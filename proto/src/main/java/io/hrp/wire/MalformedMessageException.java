package io.hrp.wire;

/** The bytes break the wire contract and no reader of any version can apply them: poison. */
public final class MalformedMessageException extends WireFormatException {
  public MalformedMessageException(String message) {
    super(message, null);
  }
}
