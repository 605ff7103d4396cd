package io.hrp.ops.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.ops.client.RowChange;
import io.hrp.ops.client.RowChange.Column;
import io.hrp.ops.client.RowChange.Put;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

final class CharacterDataTest {

  @Test
  @EnabledForJreRange(min = JRE.JAVA_17, max = JRE.JAVA_17)
  void hasTheNamedCodePointsOfTheJdk() {
    assertThat(new CharacterData(Integer.MAX_VALUE).rows()).isEqualTo(143_924);
  }

  @Test
  void describesACodePoint() {
    CharacterData data = new CharacterData(100);

    assertThat(data.put('A'))
        .isEqualTo(
            new Put(
                "000041",
                List.of(
                    new Column("name", "name", "LATIN CAPITAL LETTER A"),
                    new Column("name", "block", "BASIC_LATIN"),
                    new Column("name", "script", "LATIN"),
                    new Column("prop", "category", "Lu"),
                    new Column("prop", "bidi", "L"),
                    new Column("prop", "numeric", "10"),
                    new Column("map", "lower", "000061"),
                    new Column("text", "utf8", "A"))));
  }

  @Test
  void takesTheFirstRowsOnly() {
    assertThat(new CharacterData(10).rows()).isEqualTo(10);
  }

  @Test
  void countsTheMutationsItGives() {
    CharacterData data = new CharacterData(1_000);

    long mutations =
        IntStream.range(0, 1_000).mapToLong(row -> 1 + data.laterChanges(row, 7).size()).sum();

    assertThat((long) data.mutations()).isEqualTo(mutations);
  }

  @Test
  void usesEveryKindOfChangeWithinFiftyRows() {
    CharacterData data = new CharacterData(50);
    Set<Class<?>> kinds = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      kinds.add(data.put(i).getClass());
      data.laterChanges(i, 7).forEach(change -> kinds.add(change.getClass()));
    }

    assertThat(kinds).containsExactlyInAnyOrder(RowChange.class.getPermittedSubclasses());
  }

  @Test
  void writesOnlyToItsFamilies() {
    CharacterData data = new CharacterData(5_000);

    for (int i = 0; i < data.rows(); i++) {
      assertThat(((Put) data.put(i)).columns())
          .allSatisfy(column -> assertThat(CharacterData.FAMILIES).contains(column.family()));
    }
  }
}
