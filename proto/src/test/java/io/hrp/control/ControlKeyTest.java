package io.hrp.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.wire.TableId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlKeyTest {
  private static final TableId TABLE = TableId.of("größe", "t.a-b_c");

  @Test
  void isReadableAndReadsBack() {
    Scope all = Scope.ofTable(TABLE);
    List<ControlKey> keys =
        List.of(
            ControlKey.of(all, ControlAttribute.PARTITIONS),
            ControlKey.of(Scope.ofPeer("east-1"), ControlAttribute.PAUSE),
            ControlKey.of(Scope.of("east", TABLE).family("c f"), ControlAttribute.HOLD),
            ControlKey.discard(all.family("größe"), 12));

    assertThat(keys)
        .extracting(ControlKey::text)
        .containsExactly(
            "table/größe:t.a-b_c/partitions",
            "peer/east-1/pause",
            "peer/east/table/größe:t.a-b_c/family/c f/hold",
            "table/größe:t.a-b_c/family/größe/discard/12");
    for (ControlKey key : keys) {
      assertThat(ControlKey.parse(key.text())).hasValue(key);
      assertThat(ControlKey.scopeOf(key.text())).hasValue(key.scope());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "pause",
        "peer//pause",
        "peer/EAST/pause",
        "peer/east",
        "peer/east/",
        "table/a:b:c/pause",
        "peer/east/family/cf/pause",
        "table/a:b/discard",
        "table/a:b/discard/0",
        "table/a:b/discard/x",
        "table/a:b/discard/1/2",
        "table/a:b/pause/more",
        "table/b/pause",
        "table/a:b/blackout",
        "peer/east/table/a:b/family//hold",
        "table/a:b/discard/99999999999",
        "table/a:b/discard/01"
      })
  void whatIsNotAKnownKeyIsNotRead(String text) {
    assertThat(ControlKey.parse(text)).isEmpty();
  }

  @Test
  void theScopeOfAnUnknownAttributeIsStillRead() {
    assertThat(ControlKey.scopeOf("peer/east/table/a:b/blackout/7"))
        .hasValue(Scope.of("east", TableId.of("a", "b")));
    assertThat(ControlKey.scopeOf("topic/hrp.a.b/closed")).isEmpty();
  }

  @Test
  void peersAreNamedInLowerCaseAsciiAndFamiliesWithoutSlash() {
    assertThatThrownBy(() -> Scope.ofPeer("East")).hasMessageContaining(PeerName.RULE);
    assertThatThrownBy(() -> Scope.ofTable(TABLE).family("a/b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Scope.ofPeer("east").family("cf"))
        .isInstanceOf(IllegalStateException.class);
  }
}
