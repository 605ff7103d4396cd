package io.hrp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.wire.testing.MutationComparison;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Durability;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pins the bytes of schema version 1. A released file never changes: a failure here means that
 * records in somebody's topics can no longer be read, or that writers have come to differ. A new
 * example is written with {@code -Dhrp.golden.write=true}.
 */
class GoldenFilesTest {
  private static final TableId TABLE = TableId.parse("shop:orders");
  private static final WriterStamp STAMP =
      WriterStamp.of(1_760_000_000_123L, 1_760_000_000_456L, Set.of("tenant"));
  private static final byte[] ROW = Bytes.toBytes("user#42");
  private static final byte[] CF = Bytes.toBytes("cf");
  private static final byte[] OTHER = Bytes.toBytes("other");

  static Stream<Named<Example>> examples() throws IOException {
    return Stream.of(
            new Example("put", put()),
            new Example("put-decorated", decorated()),
            new Example("delete", delete()),
            new Example("row-delete", new Delete(ROW)),
            new Example(
                "row-mutations", RowMutations.of(List.of(put(), delete(), new Delete(ROW, 9)))))
        .map(example -> Named.of(example.name, example));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void encodesToTheBytesOfTheFile(Example example) throws IOException {
    byte[] encoded = MutationEncoder.encode(TABLE, example.mutation, STAMP);

    assertThat(hexLines(encoded)).isEqualTo(golden(example.name + ".hex", hexLines(encoded)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void decodesTheFileToTheMutation(Example example) throws IOException {
    String hex = golden(example.name + ".hex", "").replace("\n", "");

    Row decoded =
        MutationDecoder.decode(Bytes.fromHex(hex))
            .toRow(FamilySelection.ALL, List::of, TargetOptions.of(Durability.USE_DEFAULT))
            .orElseThrow();

    String lines = String.join("\n", MutationComparison.describe(decoded)) + "\n";
    assertThat(lines).isEqualTo(golden(example.name + ".txt", lines));
  }

  private static Put put() {
    return new Put(ROW)
        .addColumn(CF, Bytes.toBytes("name"), Bytes.toBytes("größe"))
        .addColumn(CF, new byte[0], new byte[0])
        .addColumn(CF, new byte[] {0, (byte) 0xff}, 5, new byte[] {(byte) 0x80})
        .addColumn(OTHER, Bytes.toBytes("q"), 0, Bytes.toBytes("v"));
  }

  private static Put decorated() {
    Put put = new Put(ROW).addColumn(CF, Bytes.toBytes("q"), Bytes.toBytes("v"));
    put.setTTL(86_400_000);
    put.setAttribute("VISIBILITY", Bytes.toBytes("secret&!probation"));
    put.setAttribute("acl", new byte[] {1, 2, 3});
    put.setAttribute("tenant", Bytes.toBytes("t1"));
    put.setDurability(Durability.FSYNC_WAL);
    put.setClusterIds(
        List.of(
            UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
            UUID.fromString("ffeeddcc-bbaa-9988-7766-554433221100")));
    return put;
  }

  private static Delete delete() {
    return new Delete(ROW)
        .addColumn(CF, Bytes.toBytes("one"), 7)
        .addColumns(CF, Bytes.toBytes("all"))
        .addFamily(OTHER)
        .addFamilyVersion(OTHER, 8);
  }

  private static String hexLines(byte[] bytes) {
    String hex = Bytes.toHex(bytes);
    return Stream.iterate(0, at -> at < hex.length(), at -> at + 64)
        .map(at -> hex.substring(at, Math.min(hex.length(), at + 64)) + "\n")
        .collect(Collectors.joining());
  }

  private static String golden(String file, String actual) throws IOException {
    if (Boolean.getBoolean("hrp.golden.write")) {
      Path target = Path.of("src/test/resources/golden/v1", file);
      if (!actual.isEmpty()) {
        Files.createDirectories(target.getParent());
        Files.writeString(target, actual);
      }
      return Files.readString(target);
    }
    try (InputStream in = GoldenFilesTest.class.getResourceAsStream("/golden/v1/" + file)) {
      assertThat(in).as("golden file %s", file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static final class Example {
    final String name;
    final Row mutation;

    Example(String name, Row mutation) {
      this.name = name;
      this.mutation = mutation;
    }
  }
}
