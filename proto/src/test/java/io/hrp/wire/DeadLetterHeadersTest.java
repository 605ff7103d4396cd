package io.hrp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {
  @Test
  void headersReadBackAsTheyWereWritten() {
    List<Map.Entry<String, byte[]>> headers = new ArrayList<>(sample("no region").toHeaders());
    headers.add(0, Map.entry("foreign", new byte[] {1}));

    DeadLetterHeaders parsed = DeadLetterHeaders.parse(headers);

    assertThat(parsed.peer()).isEqualTo("east");
    assertThat(parsed.sourceTopic()).isEqualTo("hrp.default.orders");
    assertThat(parsed.sourcePartition()).isEqualTo(3);
    assertThat(parsed.sourceOffset()).isEqualTo(1L << 40);
    assertThat(parsed.errorKind()).isEqualTo("POISON");
    assertThat(parsed.errorClass()).isEqualTo("java.io.IOException");
    assertThat(parsed.errorMessage()).isEqualTo("no region");
    assertThat(parsed.failedAtMs()).isEqualTo(1_760_000_000_000L);
    assertThat(parsed.attempts()).isEqualTo(2);
  }

  @Test
  void namesAndValuesAreTheDocumentedTexts() {
    assertThat(sample("m").toHeaders())
        .extracting(h -> h.getKey() + "=" + new String(h.getValue(), StandardCharsets.UTF_8))
        .containsExactly(
            "hrp-peer=east",
            "hrp-source-topic=hrp.default.orders",
            "hrp-source-partition=3",
            "hrp-source-offset=1099511627776",
            "hrp-error-kind=POISON",
            "hrp-error-class=java.io.IOException",
            "hrp-error-message=m",
            "hrp-failed-at-ms=1760000000000",
            "hrp-attempts=2");
  }

  @Test
  void cutsALongMessageBetweenCharacters() {
    assertThat(sample("x".repeat(2000)).errorMessage()).isEqualTo("x".repeat(1024));
    assertThat(sample("x" + "ö".repeat(2000)).errorMessage()).isEqualTo("x" + "ö".repeat(511));
    assertThat(sample(null).errorMessage()).isEmpty();
  }

  @Test
  void refusesHeadersThatAreMissingOrNoNumbers() {
    List<Map.Entry<String, byte[]>> headers = new ArrayList<>(sample("m").toHeaders());
    headers.remove(0);
    List<Map.Entry<String, byte[]>> noNumber = new ArrayList<>(sample("m").toHeaders());
    noNumber.set(3, Map.entry(DeadLetterHeaders.SOURCE_OFFSET, new byte[] {'x'}));

    assertThatThrownBy(() -> DeadLetterHeaders.parse(headers))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("hrp-peer");
    assertThatThrownBy(() -> DeadLetterHeaders.parse(noNumber))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("hrp-source-offset");
  }

  private static DeadLetterHeaders sample(@org.jspecify.annotations.Nullable String message) {
    return DeadLetterHeaders.builder()
        .peer("east")
        .source("hrp.default.orders", 3, 1L << 40)
        .error("POISON", "java.io.IOException", message)
        .failedAtMs(1_760_000_000_000L)
        .attempts(2)
        .build();
  }
}
