package io.hrp.producer.hbase;

import io.hrp.producer.api.OperationRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hadoop.hbase.client.Table;
import org.jspecify.annotations.Nullable;

/**
 * A published table as HBase's {@code Table}: what to do is looked up per method in {@link
 * TableCalls}, and what HRP does itself is {@link HrpTable}.
 *
 * <p>A dynamic proxy, because some methods of {@code Table} name protobuf types whose package
 * differs between HBase's plain and shaded clients: one compiled class cannot implement both.
 */
final class TableMethods implements InvocationHandler {
  private static final ConcurrentMap<Method, Optional<TableCalls.Call>> CALLS =
      new ConcurrentHashMap<>();

  private final HrpTable table;

  private TableMethods(HrpTable table) {
    this.table = table;
  }

  static Table of(HrpTable table) {
    return (Table)
        Proxy.newProxyInstance(
            Table.class.getClassLoader(), new Class<?>[] {Table.class}, new TableMethods(table));
  }

  /** What is done with a method; empty if nothing was decided. */
  static Optional<TableCalls.Call> callOf(Method method) {
    return CALLS.computeIfAbsent(method, TableCalls::of);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method, arguments);
    }
    Optional<TableCalls.Call> call = callOf(method);
    if (call.isEmpty()) {
      throw declared(
          method,
          new PublishRefusedException(
              new OperationRefusedException(
                  table.name(),
                  method.getName(),
                  "this method is newer than HRP; use one of HBase 2.6's")));
    }
    try {
      return call.get().run(table, method, arguments == null ? new Object[0] : arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    } catch (PublishRefusedException e) {
      throw declared(method, e);
    }
  }

  private Object ofObject(Object proxy, Method method, Object[] arguments) {
    switch (method.getName()) {
      case "equals":
        return proxy == arguments[0];
      case "hashCode":
        return System.identityHashCode(proxy);
      default:
        return table.toString();
    }
  }

  /** A few methods declare no exception: those get the refusal inside an unchecked one. */
  private static Exception declared(Method method, PublishRefusedException refusal) {
    for (Class<?> type : method.getExceptionTypes()) {
      if (type.isAssignableFrom(IOException.class)) {
        return refusal;
      }
    }
    return new UncheckedIOException(refusal);
  }
}
