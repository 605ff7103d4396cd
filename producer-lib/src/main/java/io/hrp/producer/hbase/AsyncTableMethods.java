package io.hrp.producer.hbase;

import io.hrp.producer.api.OperationRefusedException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.apache.hadoop.hbase.client.AsyncTable;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Result;
import org.apache.hadoop.hbase.client.Row;
import org.jspecify.annotations.Nullable;

/**
 * A published table as HBase's {@code AsyncTable}. Writes are published, reads and settings belong
 * to the real table, and what only a region server can work out is refused: the synchronous
 * connection runs that on the local cluster first.
 *
 * <p>A dynamic proxy for the same reason as {@link TableMethods}. Failures come through the
 * futures.
 */
final class AsyncTableMethods implements InvocationHandler {
  /** What is done with the methods of one name. */
  enum Decision {
    PUBLISHED,
    FORWARDED,
    REFUSED,
    ENDPOINT
  }

  private static final Set<String> PUBLISHED =
      Set.of("put", "putAll", "delete", "deleteAll", "mutateRow", "batch", "batchAll");
  private static final Set<String> REFUSED =
      Set.of("append", "increment", "incrementColumnValue", "checkAndMutate", "checkAndMutateAll");
  private static final Set<String> FORWARDED =
      Set.of(
          "get",
          "getAll",
          "exists",
          "existsAll",
          "scan",
          "scanAll",
          "getScanner",
          "getName",
          "getConfiguration",
          "getDescriptor",
          "getRegionLocator",
          "getRpcTimeout",
          "getReadRpcTimeout",
          "getWriteRpcTimeout",
          "getOperationTimeout",
          "getScanTimeout",
          "getRequestAttributes");

  private final AsyncTable<?> real;
  private final AsyncWrites writes;
  private final CellSizeLimit cellSize;
  private final boolean coprocessorAllowed;
  private final @Nullable Executor continuations;

  private AsyncTableMethods(
      AsyncTable<?> real,
      AsyncWrites writes,
      CellSizeLimit cellSize,
      boolean coprocessorAllowed,
      @Nullable Executor continuations) {
    this.real = real;
    this.writes = writes;
    this.cellSize = cellSize;
    this.coprocessorAllowed = coprocessorAllowed;
    this.continuations = continuations;
  }

  /**
   * A table over a real one.
   *
   * @param continuations where the callers' continuations of writes run; null for Kafka's thread
   */
  static AsyncTable<?> of(
      AsyncTable<?> real,
      AsyncWrites writes,
      CellSizeLimit cellSize,
      boolean coprocessorAllowed,
      @Nullable Executor continuations) {
    return (AsyncTable<?>)
        Proxy.newProxyInstance(
            AsyncTable.class.getClassLoader(),
            new Class<?>[] {AsyncTable.class},
            new AsyncTableMethods(real, writes, cellSize, coprocessorAllowed, continuations));
  }

  /** The decision; empty if there is none. */
  static Optional<Decision> decisionOf(Method method) {
    String name = method.getName();
    if (PUBLISHED.contains(name)) {
      return Optional.of(Decision.PUBLISHED);
    }
    if (FORWARDED.contains(name)) {
      return Optional.of(Decision.FORWARDED);
    }
    if (REFUSED.contains(name)) {
      return Optional.of(Decision.REFUSED);
    }
    return name.equals("coprocessorService") ? Optional.of(Decision.ENDPOINT) : Optional.empty();
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.getName().equals("equals")
          ? (Object) (proxy == arguments[0])
          : method.getName().equals("hashCode")
              ? (Object) System.identityHashCode(proxy)
              : writes.table() + " over " + real;
    }
    switch (decisionOf(method).orElse(Decision.REFUSED)) {
      case PUBLISHED:
        return publish(method, arguments[0]);
      case FORWARDED:
        return forward(method, arguments);
      case ENDPOINT:
        if (coprocessorAllowed) {
          return forward(method, arguments);
        }
        return refused(
            method,
            "what an endpoint writes is not captured, so other clusters would not get it; if it"
                + " only reads, set hrp.producer.coprocessor.allowed=true");
      default:
        return refused(
            method,
            "its outcome is known only to a region server; for a dual table use the Table of the"
                + " synchronous connection, which runs it on the local cluster first");
    }
  }

  private @Nullable Object forward(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private Object publish(Method method, Object argument) {
    if (!(argument instanceof List)) {
      CompletableFuture<Result> written = writeAll(List.of((Row) argument)).get(0);
      return method.getName().equals("mutateRow") ? written : nothing(written);
    }
    List<CompletableFuture<Object>> outcomes = new ArrayList<>();
    boolean givesResults = method.getName().startsWith("batch");
    for (CompletableFuture<Result> each : runAll((List<?>) argument)) {
      outcomes.add(givesResults ? each.thenApply(result -> result) : nothing(each));
    }
    return method.getReturnType() == List.class ? outcomes : all(outcomes, givesResults);
  }

  private static CompletableFuture<?> all(
      List<CompletableFuture<Object>> outcomes, boolean givesResults) {
    CompletableFuture<?> done =
        CompletableFuture.allOf(outcomes.toArray(new CompletableFuture<?>[0]));
    return givesResults
        ? done.thenApply(
            ended -> outcomes.stream().map(CompletableFuture::join).collect(Collectors.toList()))
        : done;
  }

  @SuppressWarnings("NullAway") // a future of Void is completed with null
  private static CompletableFuture<Object> nothing(CompletableFuture<Result> written) {
    return written.thenApply(result -> null);
  }

  /** The writes of a list among themselves, and what else is in it by the real table. */
  private List<CompletableFuture<Result>> runAll(List<?> actions) {
    List<Row> captured = new ArrayList<>();
    List<Row> others = new ArrayList<>();
    for (Object action : actions) {
      (ActionKind.of((Row) action) == ActionKind.CAPTURED ? captured : others).add((Row) action);
    }
    List<CompletableFuture<Result>> written = writeAll(captured);
    List<CompletableFuture<Result>> read = others.isEmpty() ? List.of() : readAll(others);
    List<CompletableFuture<Result>> inOrder = new ArrayList<>(actions.size());
    int nextWritten = 0;
    int nextRead = 0;
    for (Object action : actions) {
      inOrder.add(
          ActionKind.of((Row) action) == ActionKind.CAPTURED
              ? written.get(nextWritten++)
              : read.get(nextRead++));
    }
    return inOrder;
  }

  private List<CompletableFuture<Result>> readAll(List<Row> actions) {
    for (Row action : actions) {
      ActionKind kind = ActionKind.of(action);
      if (kind != ActionKind.READ && !(kind == ActionKind.ENDPOINT && coprocessorAllowed)) {
        return Collections.nCopies(
            actions.size(),
            CompletableFuture.failedFuture(
                refusal(
                    "batch",
                    action.getClass().getSimpleName()
                        + " cannot be published; use Put, Delete, RowMutations and Get")));
      }
    }
    return real.batch(actions);
  }

  private List<CompletableFuture<Result>> writeAll(List<Row> mutations) {
    for (Row mutation : mutations) {
      if (mutation instanceof Put) {
        try {
          cellSize.require((Put) mutation);
        } catch (PublishRefusedException e) {
          return Collections.nCopies(mutations.size(), CompletableFuture.failedFuture(e));
        }
      }
    }
    List<CompletableFuture<Result>> written = writes.writeAll(mutations);
    return continuations == null
        ? written
        : written.stream()
            .map(each -> each.thenApplyAsync(result -> result, continuations))
            .collect(Collectors.toList());
  }

  private PublishRefusedException refusal(String operation, String advice) {
    return new PublishRefusedException(
        new OperationRefusedException(writes.table(), operation, advice));
  }

  /** In a future where the method gives one, in each future of a list, else unchecked. */
  private Object refused(Method method, String advice) {
    PublishRefusedException refusal = refusal(method.getName(), advice);
    Class<?> type = method.getReturnType();
    if (type == CompletableFuture.class) {
      return CompletableFuture.failedFuture(refusal);
    }
    throw new UncheckedIOException(refusal);
  }
}
