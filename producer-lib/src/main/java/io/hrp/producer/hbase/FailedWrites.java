package io.hrp.producer.hbase;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.RetriesExhaustedWithDetailsException;
import org.apache.hadoop.hbase.client.Row;

/** Collects what failed of a list, in the shape in which HBase reports it. Not thread-safe. */
final class FailedWrites {
  private final String place;
  private final List<Throwable> causes = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<String> places = new ArrayList<>();

  FailedWrites(TableName table) {
    this.place = "kafka topic of " + table;
  }

  void add(Row row, Throwable cause) {
    rows.add(row);
    causes.add(cause);
    places.add(place);
  }

  void addAll(List<PendingWrite> writes) {
    for (PendingWrite write : writes) {
      write.failure().ifPresent(failure -> add(write.mutation(), failure));
    }
  }

  boolean isEmpty() {
    return causes.isEmpty();
  }

  /** Everything added, as HBase's clients expect it. */
  RetriesExhaustedWithDetailsException toException() {
    return new RetriesExhaustedWithDetailsException(
        List.copyOf(causes), List.copyOf(rows), List.copyOf(places));
  }

  void throwIfAny() throws IOException {
    if (!isEmpty()) {
      throw toException();
    }
  }
}
