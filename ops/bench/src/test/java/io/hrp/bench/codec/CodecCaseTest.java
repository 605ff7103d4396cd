package io.hrp.bench.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellScanner;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both codecs must do the same work, or comparing them says nothing. */
final class CodecCaseTest {

  @ParameterizedTest
  @EnumSource
  void bothCodecsGiveBackTheMutation(CodecCase each) throws IOException {
    for (Row mutation : each.mutations().subList(0, 20)) {
      for (Codec codec : List.of(new HrpCodec(), each.hbaseCodec())) {
        Row decoded = codec.decode(codec.encode(mutation));

        assertThat(describe(decoded)).as(codec.name()).isEqualTo(describe(mutation));
      }
    }
  }

  private static List<String> describe(Row row) throws IOException {
    List<Mutation> mutations =
        row instanceof RowMutations several ? several.getMutations() : List.of((Mutation) row);
    List<String> lines = new ArrayList<>();
    for (Mutation mutation : mutations) {
      lines.add(mutation.getClass().getSimpleName() + " " + mutation.getTimestamp());
      CellScanner cells = mutation.cellScanner();
      while (cells.advance()) {
        Cell cell = cells.current();
        // Sequence ids are the server's to give.
        lines.add(CellUtil.toString(cell, true).replaceAll("/seqid=-?[0-9]+", ""));
      }
    }
    return lines;
  }
}
