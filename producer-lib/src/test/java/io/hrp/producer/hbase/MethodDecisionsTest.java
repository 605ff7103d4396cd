package io.hrp.producer.hbase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.hbase.CompareOperator;
import org.apache.hadoop.hbase.client.Append;
import org.apache.hadoop.hbase.client.BufferedMutator;
import org.apache.hadoop.hbase.client.BufferedMutatorParams;
import org.apache.hadoop.hbase.client.CheckAndMutate;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Durability;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.client.Table;
import org.apache.hadoop.hbase.client.TableBuilder;
import org.apache.hadoop.hbase.filter.Filter;
import org.apache.hadoop.hbase.filter.FirstKeyOnlyFilter;
import org.apache.hadoop.hbase.util.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method of HBase's API is forwarded, published, answered or refused: none falls back on a
 * default of HBase's interface, returns null or does nothing.
 */
final class MethodDecisionsTest {
  private static final byte[] ROW = Bytes.toBytes("r");

  static Stream<Method> tableMethods() {
    return methodsOf(Table.class);
  }

  @ParameterizedTest
  @MethodSource("tableMethods")
  void everyMethodOfTableHasADecision(Method method) {
    assertThat(TableMethods.callOf(method))
        .as("decide on it in TableCalls: %s", method)
        .isPresent();
  }

  @ParameterizedTest
  @MethodSource("tableMethods")
  void noMethodOfAPublishOnlyTableIsASilentNothing(Method method) throws Exception {
    DropInFixture fixture = DropInFixture.publishOnly();
    Table table = fixture.table();

    Object result = null;
    Throwable thrown = null;
    try {
      result = method.invoke(table, argumentsOf(method));
    } catch (InvocationTargetException e) {
      thrown = e.getCause();
    }

    if (thrown != null) {
      Throwable refusal = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
      assertThat(refusal).isInstanceOf(PublishRefusedException.class);
      assertThat(refusal.getMessage()).contains("shop:orders").contains(";");
      assertThat(fixture.kafka.sent()).isEmpty();
      assertThat(fixture.cluster.calls()).isEmpty();
    } else if (method.getReturnType() != void.class) {
      assertThat(result != null || fixture.cluster.calls().contains(method)).isTrue();
    } else {
      boolean wasForwarded = fixture.cluster.calls().contains(method);
      boolean wasPublished = !fixture.kafka.sent().isEmpty();
      boolean wasSet = method.getName().startsWith("set") || method.getName().equals("close");
      assertThat(wasForwarded || wasPublished || wasSet).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("tableMethods")
  void readsReachTheRealTableUnchanged(Method method) throws Exception {
    if (!isRead(method)) {
      return;
    }
    DropInFixture fixture = DropInFixture.publishOnly();

    method.invoke(fixture.table(), argumentsOf(method));

    assertThat(fixture.cluster.calls()).containsExactly(method);
  }

  private static boolean isRead(Method method) {
    return Set.of("get", "exists", "existsAll", "getScanner", "getDescriptor")
        .contains(method.getName());
  }

  @Test
  void endpointCallsPassWhereTheyAreAllowed() throws Exception {
    DropInFixture fixture =
        DropInFixture.with(Map.of("tables.dual", "shop:*", "coprocessor.allowed", "true"));
    List<Method> endpoints =
        tableMethods()
            .filter(method -> method.getName().endsWith("oprocessorService"))
            .collect(Collectors.toList());

    for (Method method : endpoints) {
      method.invoke(fixture.table(), argumentsOf(method));
    }

    assertThat(endpoints).hasSize(5);
    assertThat(fixture.cluster.calls()).containsExactlyElementsOf(endpoints);
  }

  @Test
  void theConnectionAnswersEveryMethodItself() {
    assertThat(leftToTheInterface(Connection.class, HrpConnection.class))
        // Calls abort(why, cause).
        .containsExactly("abort(String)");
  }

  @Test
  void theMutatorAnswersEveryMethodItself() {
    assertThat(leftToTheInterface(BufferedMutator.class, HrpBufferedMutator.class)).isEmpty();
  }

  @Test
  @SuppressWarnings("deprecation") // programs still call them
  void theBuildersAnswerEveryMethodThemselves() {
    assertThat(leftToTheInterface(TableBuilder.class, HrpTableBuilder.class)).isEmpty();
    assertThat(leftToTheInterface(Table.CheckAndMutateBuilder.class, Conditions.OfColumn.class))
        // Calls ifMatches.
        .containsExactly("ifEquals(byte[])");
    assertThat(
            leftToTheInterface(
                Table.CheckAndMutateWithFilterBuilder.class, Conditions.OfFilter.class))
        .isEmpty();
  }

  @Test
  void everyParameterOfAMutatorIsTakenUp() {
    Set<String> takenUp =
        Set.of(
            "getTableName",
            "getWriteBufferSize",
            "getWriteBufferPeriodicFlushTimeoutMs",
            "getWriteBufferPeriodicFlushTimerTickMs",
            "getMaxKeyValueSize",
            "getMaxMutations",
            "getPool",
            "getRpcTimeout",
            "getOperationTimeout",
            "getRequestAttributes",
            "getListener",
            "getImplementationClassName");

    Set<String> known =
        methodsOf(BufferedMutatorParams.class)
            .map(Method::getName)
            .filter(name -> name.startsWith("get") && !name.equals("getClass"))
            .collect(Collectors.toSet());

    assertThat(known).as("decide on it in MutatorSettings").isEqualTo(takenUp);
  }

  private static Set<String> leftToTheInterface(Class<?> api, Class<?> ours) {
    return methodsOf(api)
        .filter(method -> !isDeclared(ours, method))
        .map(
            method ->
                method.getName()
                    + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(",", "(", ")")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isDeclared(Class<?> ours, Method method) {
    return Arrays.stream(ours.getDeclaredMethods())
        .anyMatch(
            own ->
                own.getName().equals(method.getName())
                    && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
  }

  private static Stream<Method> methodsOf(Class<?> api) {
    return Arrays.stream(api.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getDeclaringClass() != Object.class);
  }

  private static @Nullable Object[] argumentsOf(Method method) throws Exception {
    Class<?>[] types = method.getParameterTypes();
    @Nullable Object[] arguments = new @Nullable Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = argument(method, types[i]);
    }
    return arguments;
  }

  private static @Nullable Object argument(Method method, Class<?> type) throws Exception {
    if (type == List.class) {
      return list(method);
    }
    for (Object value :
        List.of(
            ROW,
            new Get(ROW),
            new Scan(),
            DropInFixture.put("r"),
            DropInFixture.delete("r"),
            new Increment(ROW).addColumn(DropInFixture.F, DropInFixture.Q, 1),
            new Append(ROW).addColumn(DropInFixture.F, DropInFixture.Q, ROW),
            RowMutations.of(List.of(DropInFixture.put("r"))),
            condition(),
            new FirstKeyOnlyFilter(),
            CompareOperator.EQUAL,
            Durability.SYNC_WAL,
            TimeUnit.SECONDS,
            new Object[1])) {
      if (type.isInstance(value) && (type != Filter.class || value instanceof Filter)) {
        return value;
      }
    }
    if (type.getSimpleName().equals("CompareOp")) {
      return type.getEnumConstants()[0];
    }
    if (type == int.class) {
      return 5;
    }
    if (type == long.class) {
      return 5L;
    }
    return type == Class.class
        ? String.class
        : type.isInterface() ? FakeCluster.proxy(type, (called, values) -> null) : null;
  }

  private static CheckAndMutate condition() {
    return CheckAndMutate.newBuilder(ROW)
        .ifNotExists(DropInFixture.F, DropInFixture.Q)
        .build(DropInFixture.put("r"));
  }

  private static List<?> list(Method method) {
    switch (method.getName()) {
      case "put":
      case "batch":
      case "batchCallback":
        return new ArrayList<Put>(List.of(DropInFixture.put("r")));
      case "delete":
        return new ArrayList<Delete>(List.of(DropInFixture.delete("r")));
      case "checkAndMutate":
        return List.of(condition());
      default:
        return List.of(new Get(ROW));
    }
  }
}
