package io.hrp.ops.client;

import java.util.List;
import java.util.Objects;

/** A change of one row in plain values, for callers that do not see HBase's types. */
public sealed interface RowChange {

  /** The row key, as text. */
  String row();

  /** Cells to write, with one timestamp that the publisher gives. */
  record Put(String row, List<Column> columns) implements RowChange {
    public Put {
      Objects.requireNonNull(row, "row");
      columns = List.copyOf(columns);
    }
  }

  /** One cell to write; its value is the text in UTF-8. */
  record Column(String family, String qualifier, String value) {
    public Column {
      Objects.requireNonNull(family, "family");
      Objects.requireNonNull(qualifier, "qualifier");
      Objects.requireNonNull(value, "value");
    }
  }

  /** Deletes the version of one column that has exactly this timestamp. */
  record DeleteVersion(String row, String family, String qualifier, long timestamp)
      implements RowChange {}

  /** Deletes all versions of a column. */
  record DeleteColumn(String row, String family, String qualifier) implements RowChange {}

  /** Deletes a family of the row. */
  record DeleteFamily(String row, String family) implements RowChange {}

  /** Deletes the cells of a family that have exactly this timestamp. */
  record DeleteFamilyVersion(String row, String family, long timestamp) implements RowChange {}

  /** Deletes the row, whatever families it has. */
  record DeleteRow(String row) implements RowChange {}

  /** Puts and deletes of one row that take effect together. */
  record Together(String row, List<RowChange> changes) implements RowChange {
    public Together {
      Objects.requireNonNull(row, "row");
      changes = List.copyOf(changes);
    }
  }
}
