package io.hrp.producer;

import static io.hrp.producer.PublisherFixture.NOW;
import static io.hrp.producer.PublisherFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hrp.producer.api.CellWriter;
import io.hrp.producer.api.MutationRejectedException;
import io.hrp.wire.FamilySelection;
import io.hrp.wire.MutationDecoder;
import io.hrp.wire.TargetOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.client.Durability;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.util.Bytes;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PlainBuilderTest {
  private final PublisherFixture fixture = new PublisherFixture().declared();

  @Test
  void takesTextsBytesBuffersAndMapsOfSeveralFamilies() throws Exception {
    ByteBuffer buffer = ByteBuffer.wrap(Bytes.toBytes("xyz"), 1, 1).asReadOnlyBuffer();
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("m1", "text");
    columns.put("m2", Bytes.toBytes(7));
    columns.put("m3", buffer);

    fixture
        .publisher
        .row("shop:orders", "größe")
        .cell("f", "a", "v")
        .cell("f", "b", new byte[] {0})
        .cell("g", "c", buffer)
        .cells("g", columns)
        .publish();

    assertThat(sent())
        .containsExactly(
            "größe f:a/" + NOW + "=v",
            "größe f:b/" + NOW + "=\\x00",
            "größe g:c/" + NOW + "=y",
            "größe g:m1/" + NOW + "=text",
            "größe g:m2/" + NOW + "=\\x00\\x00\\x00\\x07",
            "größe g:m3/" + NOW + "=y");
    assertThat(fixture.kafka.history()).hasSize(1);
    assertThat(buffer.remaining()).isEqualTo(1);
  }

  @Test
  void saysWhichColumnHoldsWhatNobodyKnowsTheBytesOf() {
    assertThatThrownBy(() -> fixture.publisher.row("shop:orders", "r").cells("f", Map.of("q", 7L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column 'f:q' is a java.lang.Long");
    Map<String, @Nullable Object> none = new LinkedHashMap<>();
    none.put("q", null);
    assertThatThrownBy(() -> fixture.publisher.row("shop:orders", "r").cells("f", none))
        .hasMessageContaining("column 'f:q' has no value");
  }

  @Test
  void deletesVersionsColumnsFamiliesAndRows() throws Exception {
    fixture
        .publisher
        .delete("shop:orders", "r")
        .version("f", "a", 5)
        .column("f", "b")
        .family("g")
        .publish();
    fixture.publisher.delete("shop:orders", "r2").publish();

    assertThat(sent())
        .containsExactly(
            "r f:a/5 Delete", "r f:b/" + NOW + " DeleteColumn", "r g:/" + NOW + " DeleteFamily");
    assertThat(Bytes.toString(fixture.kafka.history().get(1).key())).isEqualTo("r2");
  }

  @Test
  void refusesRowKeysThatHBaseCannotHoldBeforeAnythingIsSent() {
    byte[] tooLong = new byte[Short.MAX_VALUE + 1];

    for (Runnable attempt :
        List.<Runnable>of(
            () -> fixture.publisher.row(ORDERS, tooLong),
            () -> fixture.publisher.delete(ORDERS, tooLong),
            () ->
                fixture.publisher.cellWriter().write(ORDERS, tooLong, tooLong, tooLong, tooLong))) {
      MutationRejectedException refusal =
          catchThrowableOfType(MutationRejectedException.class, attempt::run);
      assertThat(refusal.reason()).isEqualTo("ROW_TOO_LONG");
      assertThat(refusal.table()).contains(ORDERS);
      assertThat(refusal.row()).hasSizeLessThan(300);
    }
    assertThat(
            catchThrowableOfType(
                    MutationRejectedException.class, () -> fixture.publisher.row("shop:orders", ""))
                .reason())
        .isEqualTo("ROW_EMPTY");
    assertThat(fixture.kafka.history()).isEmpty();
  }

  @Test
  void consecutiveCellsOfARowAreOneMutation() throws Exception {
    CellWriter writer = fixture.publisher.cellWriter();

    writer.write("shop:orders", "r1", "f", "a", "1");
    writer.write("shop:orders", "r1", "g", "a", "2");
    writer.write("shop:orders", "r1", "f", "a", "3");
    writer.write("shop:orders", "r2", "f", "a", "4");
    assertThat(fixture.kafka.history()).hasSize(2);
    writer.close();

    assertThat(fixture.kafka.history())
        .extracting(record -> Bytes.toString(record.key()))
        .containsExactly("r1", "r1", "r2");
    assertThat(sent())
        .containsExactly(
            "r1 f:a/" + NOW + "=1",
            "r1 g:a/" + NOW + "=2",
            "r1 f:a/" + (NOW + 1) + "=3",
            "r2 f:a/" + NOW + "=4");
  }

  /** What was sent, cell by cell; a delete of a row has none. */
  private List<String> sent() throws Exception {
    List<String> lines = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : fixture.kafka.history()) {
      Row row =
          MutationDecoder.decode(record.value())
              .toRow(FamilySelection.ALL, List::of, TargetOptions.of(Durability.USE_DEFAULT))
              .orElseThrow();
      for (List<Cell> cells : ((Mutation) row).getFamilyCellMap().values()) {
        cells.forEach(cell -> lines.add(line(cell)));
      }
    }
    return lines;
  }

  private static String line(Cell cell) {
    String value = Bytes.toStringBinary(CellUtil.cloneValue(cell));
    return Bytes.toString(CellUtil.cloneRow(cell))
        + " "
        + Bytes.toString(CellUtil.cloneFamily(cell))
        + ":"
        + Bytes.toString(CellUtil.cloneQualifier(cell))
        + "/"
        + cell.getTimestamp()
        + (cell.getType() == Cell.Type.Put ? "=" + value : " " + cell.getType());
  }
}
