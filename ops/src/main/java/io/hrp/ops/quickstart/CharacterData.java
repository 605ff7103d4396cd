package io.hrp.ops.quickstart;

import io.hrp.ops.client.RowChange;
import io.hrp.ops.client.RowChange.Column;
import io.hrp.ops.client.RowChange.DeleteColumn;
import io.hrp.ops.client.RowChange.DeleteFamily;
import io.hrp.ops.client.RowChange.DeleteFamilyVersion;
import io.hrp.ops.client.RowChange.DeleteRow;
import io.hrp.ops.client.RowChange.DeleteVersion;
import io.hrp.ops.client.RowChange.Put;
import io.hrp.ops.client.RowChange.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The Unicode character database that every JDK carries, as rows: one for each code point that has
 * a name and is neither private use nor a surrogate. Some rows are changed again afterwards, so
 * that every kind of mutation takes the way.
 */
final class CharacterData {

  static final String NAMES = "name";
  static final String PROPERTIES = "prop";
  static final String MAPPINGS = "map";
  static final String TEXT = "text";

  static final List<String> FAMILIES = List.of(MAPPINGS, NAMES, PROPERTIES, TEXT);

  private static final String CATEGORY = "category";

  /** Bidirectional classes by their number in {@link Character}, written as Unicode does. */
  private static final List<String> BIDI =
      List.of(
          "L", "R", "AL", "EN", "ES", "ET", "AN", "CS", "NSM", "BN", "B", "S", "WS", "ON", "LRE",
          "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI");

  /** General categories by their number in {@link Character}; 17 was never given out. */
  private static final List<String> CATEGORIES =
      List.of(
          "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp",
          "Cc", "Cf", "", "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi",
          "Pf");

  private final int[] codePoints;

  /** The first {@code limit} rows, or all if there are fewer. */
  CharacterData(int limit) {
    this.codePoints =
        IntStream.rangeClosed(Character.MIN_CODE_POINT, Character.MAX_CODE_POINT)
            .filter(CharacterData::belongs)
            .limit(limit)
            .toArray();
  }

  int rows() {
    return codePoints.length;
  }

  /** How many mutations all rows take together. */
  int mutations() {
    return codePoints.length
        + IntStream.range(0, codePoints.length).map(index -> laterChanges(index, 0).size()).sum();
  }

  /** The first mutation of a row. */
  @SuppressWarnings(
      "CharacterGetNumericValue") // what the JDK says is the data, letters as digits included
  RowChange put(int index) {
    int codePoint = codePoints[index];
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(NAMES, "name", String.valueOf(Character.getName(codePoint))));
    columns.add(new Column(NAMES, "block", String.valueOf(Character.UnicodeBlock.of(codePoint))));
    columns.add(new Column(NAMES, "script", Character.UnicodeScript.of(codePoint).name()));
    columns.add(new Column(PROPERTIES, CATEGORY, category(codePoint)));
    columns.add(new Column(PROPERTIES, "bidi", bidi(codePoint)));
    if (Character.isMirrored(codePoint)) {
      columns.add(new Column(PROPERTIES, "mirrored", "Y"));
    }
    if (Character.getNumericValue(codePoint) >= 0) {
      columns.add(
          new Column(
              PROPERTIES, "numeric", Integer.toString(Character.getNumericValue(codePoint))));
    }
    addMapping(columns, "lower", codePoint, Character.toLowerCase(codePoint));
    addMapping(columns, "upper", codePoint, Character.toUpperCase(codePoint));
    columns.add(new Column(TEXT, "utf8", Character.toString(codePoint)));
    return new Put(key(codePoint), columns);
  }

  /**
   * What becomes of a row afterwards, in order; nothing for most.
   *
   * @param firstTimestamp the timestamp that the row's first mutation was given
   */
  List<RowChange> laterChanges(int index, long firstTimestamp) {
    String row = key(codePoints[index]);
    RowChange update =
        new Put(
            row, List.of(new Column(PROPERTIES, CATEGORY, "seen"), new Column(TEXT, "note", "")));
    if (index == 0) {
      return List.of(new Together(row, List.of(update, new DeleteColumn(row, NAMES, "block"))));
    }
    return switch (index % 50) {
      case 1, 11, 21, 31, 41 -> List.of(update);
      case 3 -> List.of(new DeleteVersion(row, NAMES, "script", firstTimestamp));
      case 5 -> List.of(new DeleteColumn(row, PROPERTIES, "bidi"));
      case 6 -> List.of(new DeleteFamily(row, NAMES));
      case 7 -> List.of(new DeleteFamilyVersion(row, PROPERTIES, firstTimestamp));
      case 8 -> List.of(new DeleteRow(row));
      case 9 -> List.of(new DeleteRow(row), update);
      default -> List.of();
    };
  }

  private static boolean belongs(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.PRIVATE_USE
        && type != Character.SURROGATE
        && Character.getName(codePoint) != null;
  }

  /** Six hexadecimal digits, so that rows sort as code points do. */
  private static String key(int codePoint) {
    return String.format(Locale.ROOT, "%06X", codePoint);
  }

  private static String category(int codePoint) {
    return CATEGORIES.get(Character.getType(codePoint));
  }

  private static String bidi(int codePoint) {
    int direction = Character.getDirectionality(codePoint);
    return direction < 0 || direction >= BIDI.size() ? "undefined" : BIDI.get(direction);
  }

  private static void addMapping(
      List<Column> columns, String qualifier, int codePoint, int mapped) {
    if (mapped != codePoint) {
      columns.add(new Column(MAPPINGS, qualifier, key(mapped)));
    }
  }
}
