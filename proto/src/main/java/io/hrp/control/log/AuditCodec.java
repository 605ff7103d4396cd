package io.hrp.control.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.hrp.control.AuditEntry;
import io.hrp.control.ChangeNote;
import io.hrp.control.ControlChange;
import io.hrp.control.ControlState;
import io.hrp.control.NotUnderstood;
import io.hrp.proto.v1.AuditChange;
import io.hrp.proto.v1.AuditRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Turns a set of changes into an audit record, and that into what people read. */
final class AuditCodec {
  private AuditCodec() {}

  static byte[] encode(ControlState before, List<ControlChange> changes, ChangeNote note) {
    AuditRecord.Builder record =
        AuditRecord.newBuilder().setVersion(ControlCodec.VERSION).setNote(ControlCodec.note(note));
    for (ControlChange change : changes) {
      AuditChange.Builder line =
          record.addChangesBuilder().setKey(change.keyText()).setDescription(change.toString());
      before
          .value(change.keyText())
          .filter(value -> !(value instanceof NotUnderstood))
          .ifPresent(value -> line.setBefore(ByteString.copyFrom(ControlCodec.encode(value))));
      change
          .signed(note)
          .ifPresent(value -> line.setAfter(ByteString.copyFrom(ControlCodec.encode(value))));
    }
    return record.build().toByteArray();
  }

  /** What cannot be read becomes an entry that says so: the audit shows everything it has. */
  static AuditEntry decode(long offset, byte[] value) {
    try {
      AuditRecord record = AuditRecord.parseFrom(value);
      List<String> changes = new ArrayList<>();
      for (AuditChange change : record.getChangesList()) {
        changes.add(change.getDescription());
      }
      return AuditEntry.of(ControlCodec.note(record.getNote()), changes);
    } catch (InvalidProtocolBufferException e) {
      return AuditEntry.of(
          ChangeNote.of("unknown", Instant.EPOCH, ""),
          List.of("unreadable audit record at offset " + offset));
    }
  }
}
