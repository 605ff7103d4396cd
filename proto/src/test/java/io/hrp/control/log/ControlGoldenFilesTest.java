package io.hrp.control.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.control.ChangeNote;
import io.hrp.control.ClosedPolicy;
import io.hrp.control.ClosedTopic;
import io.hrp.control.ControlValue;
import io.hrp.control.DeclaredPartitions;
import io.hrp.control.DiscardInterval;
import io.hrp.control.Hold;
import io.hrp.control.Pause;
import io.hrp.control.PeerRegistration;
import io.hrp.control.PeerSelection;
import io.hrp.control.Scope;
import io.hrp.control.StartPosition;
import io.hrp.control.TopicOffsets;
import io.hrp.control.TopicStart;
import io.hrp.wire.TableId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Test;

/**
 * Pins the bytes of control records of schema version 1, one line each: key and value. A line of a
 * released version never changes, and new ones are added with {@code -Dhrp.golden.write=true}.
 */
class ControlGoldenFilesTest {
  private static final TableId TABLE = TableId.parse("shop:orders");
  private static final ChangeNote NOTE =
      ChangeNote.of("ann@host", Instant.ofEpochMilli(1_760_000_000_123L), "größe");
  private static final Scope FAMILY = Scope.of("east", TABLE).family("cf");
  private static final TopicOffsets FROM = TopicOffsets.of("id1", Map.of(0, 7L));

  private static final List<ControlValue> VALUES =
      List.of(
          DeclaredPartitions.of(TABLE, 12, NOTE),
          ClosedTopic.of(TABLE, ClosedPolicy.REJECT, NOTE),
          ClosedTopic.of(TABLE, ClosedPolicy.DIRECT, NOTE),
          Pause.of(Scope.of("east", TABLE), NOTE),
          Hold.of(FAMILY, "h-1", "disable it", NOTE),
          DiscardInterval.open(FAMILY, 3, FROM, NOTE).closed(FROM, NOTE),
          PeerRegistration.of("west", StartPosition.LATEST, Map.of(TABLE, 4), NOTE),
          TopicStart.of("west", TABLE, "id2", 7, NOTE),
          PeerSelection.of("west", 5, "sha", NOTE));

  @Test
  void encodesToTheBytesOfTheFile() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (ControlValue value : VALUES) {
      lines
          .append(value.keyText())
          .append(' ')
          .append(Bytes.toHex(ControlCodec.encode(value)))
          .append('\n');
    }

    assertThat(lines).hasToString(golden(lines.toString()));
  }

  private static String golden(String written) throws IOException {
    if (Boolean.getBoolean("hrp.golden.write")) {
      Files.writeString(Path.of("src/test/resources/golden/v1/control.txt"), written);
      return written;
    }
    try (InputStream in =
        ControlGoldenFilesTest.class.getResourceAsStream("/golden/v1/control.txt")) {
      assertThat(in).as("golden/v1/control.txt").isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
