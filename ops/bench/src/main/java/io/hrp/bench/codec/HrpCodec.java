package io.hrp.bench.codec;

import io.hrp.wire.FamilySelection;
import io.hrp.wire.MutationDecoder;
import io.hrp.wire.MutationEncoder;
import io.hrp.wire.TableId;
import io.hrp.wire.TargetOptions;
import io.hrp.wire.WriterStamp;
import java.util.List;
import org.apache.hadoop.hbase.client.Row;

/** Record values as HRP's producer writes and its daemon reads them. */
final class HrpCodec implements Codec {

  private static final TableId TABLE = TableId.of("default", "orders");

  private final WriterStamp stamp = WriterStamp.of(CodecCase.TIMESTAMP, CodecCase.TIMESTAMP);

  @Override
  public String name() {
    return "hrp";
  }

  @Override
  public byte[] encode(Row mutation) {
    return MutationEncoder.encode(TABLE, mutation, stamp);
  }

  @Override
  public Row decode(byte[] bytes) {
    return MutationDecoder.decode(bytes)
        .toRow(FamilySelection.ALL, List::of, TargetOptions.DEFAULT)
        .orElseThrow();
  }
}
