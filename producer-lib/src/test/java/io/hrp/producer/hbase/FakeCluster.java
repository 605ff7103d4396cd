package io.hrp.producer.hbase;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.CellUtil;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.CheckAndMutate;
import org.apache.hadoop.hbase.client.CheckAndMutateResult;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.RetriesExhaustedWithDetailsException;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.client.TableBuilder;
import org.apache.hadoop.hbase.util.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of which only the API exists: it notes each call and answers it. What was batched is
 * kept; rows named as failing are not taken. Thread-safe enough for tests that take turns.
 */
final class FakeCluster {
  static final String ID = "6f0e1c9a-6f0a-4c41-8d61-6d2a5f1f7c01";

  private final List<String> log;
  private final Set<String> failingRows = new HashSet<>();
  private final List<Row> written = new ArrayList<>();
  private final Map<String, Object> settings = new TreeMap<>();
  private final List<Method> calls = Collections.synchronizedList(new ArrayList<>());
  private boolean isDown;
  private boolean conditionHolds = true;
  private boolean isUnreachable;
  private String id = ID;
  private int openings;
  private int questions;

  /** Handed out as it is: a test can tell it from a table of HRP's. */
  final Table table = proxy(Table.class, (method, arguments) -> ofTable(method, arguments));

  final Connection connection =
      proxy(Connection.class, (method, arguments) -> ofConnection(method));

  FakeCluster(List<String> log) {
    this.log = log;
  }

  RealCluster real() {
    return new RealCluster(
        pool -> {
          if (isUnreachable) {
            throw new IOException("no cluster in reach");
          }
          openings++;
          return connection;
        },
        null,
        Executors::newCachedThreadPool,
        System::nanoTime);
  }

  RealTable realTable(TableName name) {
    return new RealTable(real(), name, new TableTimeouts(new Configuration(false)), Map.of(), null);
  }

  FakeCluster down() {
    isDown = true;
    return this;
  }

  FakeCluster up() {
    isDown = false;
    return this;
  }

  FakeCluster unreachable() {
    isUnreachable = true;
    return this;
  }

  FakeCluster failing(String row) {
    failingRows.add(row);
    return this;
  }

  FakeCluster conditionFails() {
    conditionHolds = false;
    return this;
  }

  FakeCluster withoutId() {
    id = "default-cluster";
    return this;
  }

  int openings() {
    return openings;
  }

  /** How often the id was asked for. */
  int questions() {
    return questions;
  }

  /** What batches brought, in order. */
  List<Row> written() {
    return List.copyOf(written);
  }

  /** What was set on the builder of the table. */
  Map<String, Object> settings() {
    return settings;
  }

  /** Every call of a table's method that reached the cluster. */
  List<Method> calls() {
    return List.copyOf(calls);
  }

  private @Nullable Object ofConnection(Method method) {
    switch (method.getName()) {
      case "getTableBuilder":
        TableBuilder builder =
            proxy(
                TableBuilder.class,
                (called, values) -> {
                  if (called.getName().equals("build")) {
                    return table;
                  }
                  settings.put(called.getName(), values[values.length - 1]);
                  return FakeCluster.SELF;
                });
        return builder;
      case "getTable":
        return table;
      case "getClusterId":
        questions++;
        return isDown ? null : id;
      case "close":
        log.add("cluster closed");
        return null;
      default:
        log.add("cluster " + method.getName());
        return answer(method.getReturnType());
    }
  }

  private @Nullable Object ofTable(Method method, Object[] arguments) throws IOException {
    calls.add(method);
    if (method.getName().equals("close")) {
      return null;
    }
    if (isDown) {
      throw new IOException("region server down");
    }
    switch (method.getName()) {
      case "batch":
        batch(list(arguments[0]), (Object[]) arguments[1]);
        return null;
      case "increment":
      case "append":
        log.add("cluster " + method.getName());
        return resultOf((Mutation) arguments[0]);
      case "checkAndMutate":
        CheckAndMutate condition = (CheckAndMutate) arguments[0];
        log.add("cluster if " + describe(condition.getAction()));
        written.add(condition.getAction());
        return new CheckAndMutateResult(
            conditionHolds,
            condition.getAction() instanceof Increment
                ? resultOf((Mutation) condition.getAction())
                : Result.EMPTY_RESULT);
      default:
        log.add("cluster " + method.getName());
        return answer(method.getReturnType());
    }
  }

  /** As a region server answers an increment: the cells with its own timestamp, here 77. */
  private static Result resultOf(Mutation mutation) throws IOException {
    Put now = new Put(mutation.getRow());
    for (List<Cell> cells : mutation.getFamilyCellMap().values()) {
      for (Cell cell : cells) {
        now.addColumn(
            CellUtil.cloneFamily(cell),
            CellUtil.cloneQualifier(cell),
            77,
            CellUtil.cloneValue(cell));
      }
    }
    return Result.create(
        now.getFamilyCellMap().values().stream()
            .flatMap(List::stream)
            .collect(Collectors.toList()));
  }

  private void batch(List<Row> rows, Object[] results) throws IOException {
    log.add(
        "cluster batch "
            + rows.stream().map(FakeCluster::describe).collect(Collectors.joining(", ")));
    List<Throwable> causes = new ArrayList<>();
    List<Row> failed = new ArrayList<>();
    List<String> places = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      if (failingRows.contains(Bytes.toString(rows.get(i).getRow()))) {
        results[i] = new IOException("region moved");
        causes.add((Throwable) results[i]);
        failed.add(rows.get(i));
        places.add("host:1");
      } else {
        written.add(rows.get(i));
        results[i] = Result.EMPTY_RESULT;
      }
    }
    if (!failed.isEmpty()) {
      throw new RetriesExhaustedWithDetailsException(causes, failed, places);
    }
  }

  /** What stands in the log for a mutation: its kind and its row. */
  static String describe(Row row) {
    return row.getClass().getSimpleName() + " " + Bytes.toString(row.getRow());
  }

  @SuppressWarnings("unchecked") // the method's signature says what the list holds
  private static List<Row> list(Object argument) {
    return (List<Row>) argument;
  }

  private static @Nullable Object answer(Class<?> type) {
    Map<Class<?>, Object> values = new HashMap<>();
    values.put(boolean.class, true);
    values.put(int.class, 1);
    values.put(long.class, 1L);
    values.put(boolean[].class, new boolean[] {true});
    values.put(Result.class, Result.EMPTY_RESULT);
    values.put(Result[].class, new Result[] {Result.EMPTY_RESULT});
    values.put(List.class, List.of());
    values.put(Map.class, Map.of());
    if (values.containsKey(type)) {
      return values.get(type);
    }
    return type.isInterface() ? proxy(type, (method, arguments) -> null) : null;
  }

  /** Stands for the proxy itself in an answer. */
  private static final Object SELF = new Object();

  /** Answers the calls of a proxy. */
  @FunctionalInterface
  interface Calls {
    @Nullable Object run(Method method, Object[] arguments) throws Throwable;
  }

  static <T> T proxy(Class<T> type, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return method.getName().equals("equals")
                    ? (Object) (proxy == arguments[0])
                    : method.getName().equals("hashCode")
                        ? (Object) System.identityHashCode(proxy)
                        : "fake " + type.getSimpleName();
              }
              try {
                Object answer = calls.run(method, arguments == null ? new Object[0] : arguments);
                return answer == SELF ? proxy : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            }));
  }
}
