package io.hrp.it.order;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.KeyValue;
import org.apache.hadoop.hbase.util.Bytes;

/**
 * In which order mutations were applied for the first time, row by row, and whether each was
 * applied as a whole.
 *
 * <p>A mutation is known in the log by a cell that no other mutation of its row holds; the test has
 * to put one into each. Everything is compared by row, family, qualifier, timestamp, type and
 * value.
 *
 * @param rows how many rows were published
 * @param published how many mutations were
 * @param applied how many of them the log knows
 * @param repeated how many applications were not the first of their mutation
 * @param faults what is wrong, one sentence each
 */
record FirstApplications(int rows, int published, int applied, int repeated, List<String> faults) {
  FirstApplications {
    faults = List.copyOf(faults);
  }

  /** Compares what was published with what a cluster has logged. */
  static FirstApplications of(Collection<PublishedMutation> published, List<WalEdit> edits) {
    Map<String, List<PublishedMutation>> byRow = new TreeMap<>();
    for (PublishedMutation mutation : published) {
      byRow.computeIfAbsent(mutation.rowText(), row -> new ArrayList<>()).add(mutation);
    }
    Map<String, List<List<String>>> logged = loggedByRow(edits);
    int applied = 0;
    int repeated = 0;
    List<String> faults = new ArrayList<>();
    for (Map.Entry<String, List<PublishedMutation>> row : byRow.entrySet()) {
      row.getValue().sort(Comparator.comparingLong(PublishedMutation::offset));
      RowHistory history = new RowHistory(row.getKey(), row.getValue());
      logged.getOrDefault(row.getKey(), List.of()).forEach(history::take);
      applied += history.firsts.size();
      repeated += history.repeated;
      faults.addAll(history.findFaults());
    }
    return new FirstApplications(byRow.size(), published.size(), applied, repeated, faults);
  }

  /** Per row the edits that touch it, by sequence, each as the texts of its cells of that row. */
  private static Map<String, List<List<String>>> loggedByRow(List<WalEdit> edits) {
    Map<String, List<List<String>>> logged = new HashMap<>();
    for (WalEdit edit : edits) {
      Map<String, List<String>> parts = new LinkedHashMap<>();
      for (Cell cell : edit.cells()) {
        parts
            .computeIfAbsent(
                Bytes.toStringBinary(CellUtil.cloneRow(cell)), row -> new ArrayList<>())
            .add(text(cell));
      }
      parts.forEach((row, cells) -> logged.computeIfAbsent(row, r -> new ArrayList<>()).add(cells));
    }
    return logged;
  }

  /** Equal exactly for cells that are equal in everything a writer decides. */
  static String text(Cell cell) {
    KeyValue plain =
        new KeyValue(
            CellUtil.cloneRow(cell),
            CellUtil.cloneFamily(cell),
            CellUtil.cloneQualifier(cell),
            cell.getTimestamp(),
            KeyValue.Type.codeToType(cell.getType().getCode()),
            CellUtil.cloneValue(cell));
    return Base64.getEncoder().encodeToString(plain.getBuffer());
  }

  /** Walks the log of one row. */
  private static final class RowHistory {
    private final String row;
    private final List<PublishedMutation> published;
    private final Map<String, PublishedMutation> bySign = new HashMap<>();
    private final Map<PublishedMutation, Set<String>> cells = new HashMap<>();
    private final Set<PublishedMutation> firsts = new LinkedHashSet<>();
    private final List<String> faults = new ArrayList<>();
    private int repeated;

    RowHistory(String row, List<PublishedMutation> published) {
      this.row = row;
      this.published = published;
      Map<String, Integer> holders = new HashMap<>();
      for (PublishedMutation mutation : published) {
        Set<String> texts = new HashSet<>();
        mutation.cells().forEach(cell -> texts.add(text(cell)));
        cells.put(mutation, texts);
        texts.forEach(text -> holders.merge(text, 1, Integer::sum));
      }
      for (PublishedMutation mutation : published) {
        List<String> signs =
            cells.getOrDefault(mutation, Set.of()).stream()
                .filter(text -> holders.getOrDefault(text, 0) == 1)
                .toList();
        if (signs.isEmpty()) {
          throw new IllegalArgumentException("cannot be told from others in the log: " + mutation);
        }
        signs.forEach(sign -> bySign.put(sign, mutation));
      }
    }

    /** One edit's cells of this row. */
    void take(List<String> edit) {
      Set<String> all = new HashSet<>(edit);
      Set<PublishedMutation> seen = new LinkedHashSet<>();
      for (String text : edit) {
        PublishedMutation mutation = bySign.get(text);
        if (mutation != null) {
          seen.add(mutation);
        }
      }
      for (PublishedMutation mutation : seen) {
        if (!all.containsAll(cells.getOrDefault(mutation, Set.of()))) {
          faults.add("row " + row + ": torn apart: " + mutation);
        }
        if (!firsts.add(mutation)) {
          repeated++;
        }
      }
    }

    List<String> findFaults() {
      List<PublishedMutation> expected = new ArrayList<>(published);
      expected.retainAll(firsts);
      List<PublishedMutation> actual = new ArrayList<>(firsts);
      for (int i = 0; i < actual.size(); i++) {
        if (!actual.get(i).equals(expected.get(i))) {
          faults.add(
              "row %s: %s was applied where %s was due"
                  .formatted(row, actual.get(i), expected.get(i)));
          break;
        }
      }
      for (PublishedMutation mutation : published) {
        if (!firsts.contains(mutation)) {
          faults.add("row " + row + ": never applied: " + mutation);
        }
      }
      return Collections.unmodifiableList(faults);
    }
  }
}
