package io.hrp.ops.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TextTableTest {

  @Test
  void alignsColumnsByTheirWidestCell() {
    TextTable table = TextTable.of("SERVER", "PID").row("hbase-east", 7).row("kafka", 123456);

    assertThat(table.lines())
        .containsExactly("SERVER      PID", "hbase-east  7", "kafka       123456");
  }
}
