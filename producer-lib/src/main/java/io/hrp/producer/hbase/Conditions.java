package io.hrp.producer.hbase;

import java.io.IOException;
import org.apache.hadoop.hbase.CompareOperator;
import org.apache.hadoop.hbase.client.Append;
import org.apache.hadoop.hbase.client.CheckAndMutate;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.filter.Filter;
import org.apache.hadoop.hbase.io.TimeRange;
import org.jspecify.annotations.Nullable;

/** The shapes in which HBase takes conditional mutations, all made into {@link CheckAndMutate}. */
@SuppressWarnings("deprecation") // programs still use what HBase has deprecated
final class Conditions {
  private Conditions() {}

  /** The same condition for another action of the row. */
  static CheckAndMutate withAction(CheckAndMutate condition, Row action) {
    CheckAndMutate.Builder builder =
        CheckAndMutate.newBuilder(condition.getRow())
            .timeRange(condition.getTimeRange())
            .queryMetricsEnabled(condition.isQueryMetricsEnabled());
    if (condition.hasFilter()) {
      builder.ifMatches(condition.getFilter());
    } else {
      builder.ifMatches(
          condition.getFamily(),
          condition.getQualifier(),
          condition.getCompareOp(),
          condition.getValue());
    }
    return build(builder, action);
  }

  static CheckAndMutate build(CheckAndMutate.Builder builder, Row action) {
    if (action instanceof Put) {
      return builder.build((Put) action);
    }
    if (action instanceof Delete) {
      return builder.build((Delete) action);
    }
    if (action instanceof Increment) {
      return builder.build((Increment) action);
    }
    return action instanceof Append
        ? builder.build((Append) action)
        : builder.build((RowMutations) action);
  }

  /** Runs a finished condition. */
  @FunctionalInterface
  interface Run {
    boolean run(CheckAndMutate condition) throws IOException;
  }

  /** What {@code Table.checkAndMutate(row, family)} gives. Not safe for use by several threads. */
  static final class OfColumn implements Table.CheckAndMutateBuilder {
    private final byte[] row;
    private final byte[] family;
    private final Run run;
    private byte @Nullable [] qualifier;
    private @Nullable TimeRange timeRange;
    private @Nullable CompareOperator operator;
    private byte @Nullable [] value;

    OfColumn(byte[] row, byte[] family, Run run) {
      this.row = row;
      this.family = family;
      this.run = run;
    }

    @Override
    public Table.CheckAndMutateBuilder qualifier(byte[] qualifier) {
      this.qualifier = qualifier;
      return this;
    }

    @Override
    public Table.CheckAndMutateBuilder timeRange(TimeRange timeRange) {
      this.timeRange = timeRange;
      return this;
    }

    @Override
    public Table.CheckAndMutateBuilder ifNotExists() {
      this.operator = CompareOperator.EQUAL;
      this.value = null;
      return this;
    }

    @Override
    public Table.CheckAndMutateBuilder ifMatches(CompareOperator operator, byte[] value) {
      this.operator = operator;
      this.value = value;
      return this;
    }

    @Override
    public boolean thenPut(Put put) throws IOException {
      return then(put);
    }

    @Override
    public boolean thenDelete(Delete delete) throws IOException {
      return then(delete);
    }

    @Override
    public boolean thenMutate(RowMutations mutations) throws IOException {
      return then(mutations);
    }

    private boolean then(Row action) throws IOException {
      if (operator == null) {
        throw new IllegalStateException(
            "the condition is missing: call ifNotExists, ifEquals or ifMatches first");
      }
      return run.run(
          build(
              CheckAndMutate.newBuilder(row)
                  .ifMatches(family, qualifier, operator, value)
                  .timeRange(timeRange),
              action));
    }
  }

  /** What {@code Table.checkAndMutate(row, filter)} gives. Not safe for use by several threads. */
  static final class OfFilter implements Table.CheckAndMutateWithFilterBuilder {
    private final byte[] row;
    private final Filter filter;
    private final Run run;
    private @Nullable TimeRange timeRange;

    OfFilter(byte[] row, Filter filter, Run run) {
      this.row = row;
      this.filter = filter;
      this.run = run;
    }

    @Override
    public Table.CheckAndMutateWithFilterBuilder timeRange(TimeRange timeRange) {
      this.timeRange = timeRange;
      return this;
    }

    @Override
    public boolean thenPut(Put put) throws IOException {
      return then(put);
    }

    @Override
    public boolean thenDelete(Delete delete) throws IOException {
      return then(delete);
    }

    @Override
    public boolean thenMutate(RowMutations mutations) throws IOException {
      return then(mutations);
    }

    private boolean then(Row action) throws IOException {
      return run.run(
          build(CheckAndMutate.newBuilder(row).ifMatches(filter).timeRange(timeRange), action));
    }
  }
}
