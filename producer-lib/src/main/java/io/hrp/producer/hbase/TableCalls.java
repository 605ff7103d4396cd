package io.hrp.producer.hbase;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hadoop.hbase.CompareOperator;
import org.apache.hadoop.hbase.client.Append;
import org.apache.hadoop.hbase.client.CheckAndMutate;
import org.apache.hadoop.hbase.client.CheckAndMutateResult;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Durability;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.client.coprocessor.Batch;
import org.apache.hadoop.hbase.filter.Filter;
import org.apache.hadoop.hbase.util.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The decision for each method of HBase's {@code Table} on a published table: published, answered
 * here, run locally first, or forwarded to the real table. A method that is missing here is
 * refused, and fails a test.
 */
final class TableCalls {
  /** What is done with a call. */
  @FunctionalInterface
  interface Call {
    @Nullable Object run(HrpTable table, Method method, Object[] arguments) throws Throwable;
  }

  /** Hands the call to the real table unchanged. */
  private static final Call FORWARD =
      (table, method, arguments) -> method.invoke(table.real().open(), arguments);

  /** Endpoints are known by name alone: their parameters name protobuf types. */
  private static final Call ENDPOINT =
      (table, method, arguments) -> {
        table.requireCoprocessorAllowed(method.getName());
        return FORWARD.run(table, method, arguments);
      };

  private static final Map<String, Call> CALLS = new HashMap<>();

  static {
    published();
    localFirst();
    conditional();
    forwarded();
    settings();
  }

  private TableCalls() {}

  /** The decision; empty if there is none. */
  static Optional<Call> of(Method method) {
    if (method.getName().equals("coprocessorService")
        || method.getName().equals("batchCoprocessorService")) {
      return Optional.of(ENDPOINT);
    }
    String parameters =
        Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(","));
    return Optional.ofNullable(CALLS.get(method.getName() + "(" + parameters + ")"));
  }

  private static void published() {
    put("put(Put)", (table, args) -> table.put((Put) args[0]));
    put("put(List)", (table, args) -> table.put(TableCalls.<Put>list(args[0])));
    put("delete(Delete)", (table, args) -> table.delete((Delete) args[0]));
    put("delete(List)", (table, args) -> table.delete(TableCalls.<Delete>list(args[0])));
    put(
        "batch(List,Object[])",
        (table, args) -> table.batch(TableCalls.<Row>list(args[0]), (Object[]) args[1]));
    put(
        "batchCallback(List,Object[],Callback)",
        (table, args) ->
            table.batchCallback(
                TableCalls.<Row>list(args[0]), (Object[]) args[1], callback(args[2])));
    give("mutateRow(RowMutations)", (table, args) -> table.mutateRow((RowMutations) args[0]));
  }

  private static void localFirst() {
    give("append(Append)", (table, args) -> table.localFirst().append((Append) args[0]));
    give(
        "increment(Increment)", (table, args) -> table.localFirst().increment((Increment) args[0]));
    give(
        "incrementColumnValue(byte[],byte[],byte[],long)",
        (table, args) -> incrementColumn(table, args, Durability.SYNC_WAL));
    give(
        "incrementColumnValue(byte[],byte[],byte[],long,Durability)",
        (table, args) -> incrementColumn(table, args, (Durability) args[4]));
  }

  private static void conditional() {
    give(
        "checkAndMutate(CheckAndMutate)",
        (table, args) -> table.localFirst().checkAndMutate((CheckAndMutate) args[0]));
    give(
        "checkAndMutate(List)",
        (table, args) -> table.checkAndMutate(TableCalls.<CheckAndMutate>list(args[0])));
    give(
        "checkAndMutate(byte[],byte[])",
        (table, args) -> new Conditions.OfColumn((byte[]) args[0], (byte[]) args[1], run(table)));
    give(
        "checkAndMutate(byte[],Filter)",
        (table, args) -> new Conditions.OfFilter((byte[]) args[0], (Filter) args[1], run(table)));
    for (String method : List.of("checkAndPut", "checkAndDelete", "checkAndMutate")) {
      String action =
          method.equals("checkAndPut")
              ? "Put"
              : method.equals("checkAndDelete") ? "Delete" : "RowMutations";
      String column = method + "(byte[],byte[],byte[],";
      give(column + "CompareOperator,byte[]," + action + ")", TableCalls::onColumn);
      give(column + "CompareOp,byte[]," + action + ")", TableCalls::onColumn);
      give(
          column + "byte[]," + action + ")",
          (table, args) -> onColumn(table, args, CompareOperator.EQUAL, args[3], (Row) args[4]));
    }
  }

  private static void forwarded() {
    for (String method :
        List.of(
            "getTableDescriptor()",
            "getDescriptor()",
            "getRegionLocator()",
            "exists(Get)",
            "exists(List)",
            "existsAll(List)",
            "get(Get)",
            "get(List)",
            "getScanner(Scan)",
            "getScanner(byte[])",
            "getScanner(byte[],byte[])")) {
      CALLS.put(method, FORWARD);
    }
  }

  private static void settings() {
    give("getName()", (table, args) -> table.name());
    give("getConfiguration()", (table, args) -> table.configuration());
    give("getRequestAttributes()", (table, args) -> table.real().requestAttributes());
    put("close()", (table, args) -> table.real().close());
    timeout("RpcTimeout", TableTimeouts::rpcMs, TableTimeouts::bothRpcMs);
    timeout("ReadRpcTimeout", TableTimeouts::readRpcMs, TableTimeouts::readRpcMs);
    timeout("WriteRpcTimeout", TableTimeouts::writeRpcMs, TableTimeouts::writeRpcMs);
    timeout("OperationTimeout", TableTimeouts::operationMs, TableTimeouts::operationMs);
  }

  private static void timeout(String name, Getter getter, Setter setter) {
    give("get" + name + "()", (table, args) -> getter.of(table.real().timeouts()));
    give(
        "get" + name + "(TimeUnit)",
        (table, args) ->
            ((TimeUnit) args[0])
                .convert(getter.of(table.real().timeouts()), TimeUnit.MILLISECONDS));
    put(
        "set" + name + "(int)",
        (table, args) -> {
          setter.to(table.real().timeouts(), (int) args[0]);
          table.real().timeoutsChanged();
        });
  }

  private static Object incrementColumn(HrpTable table, Object[] args, Durability durability)
      throws Throwable {
    byte[] family = (byte[]) args[1];
    byte[] qualifier = (byte[]) args[2];
    Increment increment = new Increment((byte[]) args[0]);
    increment.addColumn(family, qualifier, (long) args[3]);
    increment.setDurability(durability);
    Result result = table.localFirst().increment(increment);
    return Bytes.toLong(result.getValue(family, qualifier));
  }

  private static Object onColumn(HrpTable table, Object[] args) throws Throwable {
    // CompareOperator took over the constants of the older CompareOp, name by name.
    CompareOperator operator = CompareOperator.valueOf(((Enum<?>) args[3]).name());
    return onColumn(table, args, operator, args[4], (Row) args[5]);
  }

  private static Object onColumn(
      HrpTable table, Object[] args, CompareOperator operator, @Nullable Object value, Row action)
      throws Throwable {
    table.localFirst().requireConditionsAllowed("checkAndMutate");
    CheckAndMutate.Builder builder =
        CheckAndMutate.newBuilder((byte[]) args[0])
            .ifMatches((byte[]) args[1], (byte[]) args[2], operator, (byte[]) value);
    return run(table).run(Conditions.build(builder, action));
  }

  private static Conditions.Run run(HrpTable table) {
    return condition -> {
      CheckAndMutateResult result = table.localFirst().checkAndMutate(condition);
      return result.isSuccess();
    };
  }

  @SuppressWarnings("unchecked") // the method's signature says what the list holds
  private static <T> List<T> list(Object argument) {
    return (List<T>) argument;
  }

  @SuppressWarnings("unchecked") // the callback's own caller says what it takes
  private static Batch.Callback<Object> callback(Object argument) {
    return (Batch.Callback<Object>) argument;
  }

  private static void put(String method, Action action) {
    CALLS.put(
        method,
        (table, called, arguments) -> {
          action.run(table, arguments);
          return null;
        });
  }

  private static void give(String method, Answer answer) {
    CALLS.put(method, (table, called, arguments) -> answer.run(table, arguments));
  }

  /** A method that returns nothing. */
  @FunctionalInterface
  private interface Action {
    void run(HrpTable table, Object[] arguments) throws Throwable;
  }

  /** A method that returns something. */
  @FunctionalInterface
  private interface Answer {
    Object run(HrpTable table, Object[] arguments) throws Throwable;
  }

  /** Reads a timeout, in milliseconds. */
  @FunctionalInterface
  private interface Getter {
    int of(TableTimeouts timeouts);
  }

  /** Sets a timeout, in milliseconds. */
  @FunctionalInterface
  private interface Setter {
    void to(TableTimeouts timeouts, int timeoutMs);
  }
}
