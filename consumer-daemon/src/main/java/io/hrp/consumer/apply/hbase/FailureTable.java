package io.hrp.consumer.apply.hbase;

import static java.util.Map.entry;

import io.hrp.consumer.apply.FailureReason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.SyncFailedException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.security.auth.login.LoginException;
import javax.security.sasl.SaslException;
import org.apache.hadoop.hbase.CallDroppedException;
import org.apache.hadoop.hbase.DoNotRetryIOException;
import org.apache.hadoop.hbase.DroppedSnapshotException;
import org.apache.hadoop.hbase.HBaseIOException;
import org.apache.hadoop.hbase.HBaseServerException;
import org.apache.hadoop.hbase.InvalidFamilyOperationException;
import org.apache.hadoop.hbase.MasterNotRunningException;
import org.apache.hadoop.hbase.NamespaceNotFoundException;
import org.apache.hadoop.hbase.NotAllMetaRegionsOnlineException;
import org.apache.hadoop.hbase.NotServingRegionException;
import org.apache.hadoop.hbase.PleaseHoldException;
import org.apache.hadoop.hbase.PleaseRestartMasterException;
import org.apache.hadoop.hbase.RegionTooBusyException;
import org.apache.hadoop.hbase.ServiceNotRunningException;
import org.apache.hadoop.hbase.TableNotEnabledException;
import org.apache.hadoop.hbase.TableNotFoundException;
import org.apache.hadoop.hbase.UnknownRegionException;
import org.apache.hadoop.hbase.ZooKeeperConnectionException;
import org.apache.hadoop.hbase.client.DoNotRetryRegionException;
import org.apache.hadoop.hbase.client.LockTimeoutException;
import org.apache.hadoop.hbase.client.NoServerForRegionException;
import org.apache.hadoop.hbase.client.OperationTimeoutExceededException;
import org.apache.hadoop.hbase.client.RegionOfflineException;
import org.apache.hadoop.hbase.exceptions.ConnectionClosedException;
import org.apache.hadoop.hbase.exceptions.ConnectionClosingException;
import org.apache.hadoop.hbase.exceptions.FailedSanityCheckException;
import org.apache.hadoop.hbase.exceptions.IllegalArgumentIOException;
import org.apache.hadoop.hbase.exceptions.MasterRegistryFetchException;
import org.apache.hadoop.hbase.exceptions.MasterStoppedException;
import org.apache.hadoop.hbase.exceptions.RequestTooBigException;
import org.apache.hadoop.hbase.exceptions.TimeoutIOException;
import org.apache.hadoop.hbase.ipc.BadAuthException;
import org.apache.hadoop.hbase.ipc.CallCancelledException;
import org.apache.hadoop.hbase.ipc.CallTimeoutException;
import org.apache.hadoop.hbase.ipc.CallerDisconnectedException;
import org.apache.hadoop.hbase.ipc.FailedServerException;
import org.apache.hadoop.hbase.ipc.FallbackDisallowedException;
import org.apache.hadoop.hbase.ipc.ServerNotRunningYetException;
import org.apache.hadoop.hbase.ipc.ServerTooBusyException;
import org.apache.hadoop.hbase.ipc.StoppedRpcClientException;
import org.apache.hadoop.hbase.quotas.QuotaExceededException;
import org.apache.hadoop.hbase.quotas.RpcThrottlingException;
import org.apache.hadoop.hbase.regionserver.NoSuchColumnFamilyException;
import org.apache.hadoop.hbase.regionserver.RegionServerStoppedException;
import org.apache.hadoop.hbase.regionserver.WrongRegionException;
import org.apache.hadoop.hbase.regionserver.wal.FailedLogCloseException;
import org.apache.hadoop.hbase.security.AccessDeniedException;
import org.apache.hadoop.hbase.security.visibility.InvalidLabelException;
import org.apache.hadoop.hbase.security.visibility.VisibilityControllerNotReadyException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.KerberosAuthException;
import org.ietf.jgss.GSSException;
import org.jspecify.annotations.Nullable;

/**
 * The table from exceptions of HBase, Hadoop and the JDK to reasons: by class, never by message,
 * nor by {@link DoNotRetryIOException}, which some retriable failures extend.
 *
 * <p>An entry holds for subclasses too, unless one of them has its own or the entry is for {@link
 * #EXACTLY} its class. Exceptions that a server threw may be of a class the client does not have;
 * then the name decides. {@link IOException}, {@link HBaseIOException} and {@link
 * DoNotRetryIOException} themselves say nothing: what caused them decides, and if nothing did,
 * where they come from. One that a server sent is unknown; one of our own client means that the
 * call failed on its way.
 */
final class FailureTable {
  private static final String HBASE = "org.apache.hadoop.hbase.";

  /** What says nothing by its class. */
  private static final Set<Class<?>> BARE =
      Set.of(IOException.class, HBaseIOException.class, DoNotRetryIOException.class);

  /** These have subclasses that mean something else. */
  private static final Set<Class<?>> EXACTLY =
      Set.of(IllegalArgumentException.class, DoNotRetryRegionException.class);

  private static final Map<Class<?>, FailureReason> BY_CLASS =
      Map.ofEntries(
          entry(NotServingRegionException.class, FailureReason.REGION_UNAVAILABLE),
          entry(DoNotRetryRegionException.class, FailureReason.REGION_UNAVAILABLE),
          entry(NoServerForRegionException.class, FailureReason.REGION_UNAVAILABLE),
          entry(RegionOfflineException.class, FailureReason.REGION_UNAVAILABLE),
          entry(UnknownRegionException.class, FailureReason.REGION_UNAVAILABLE),
          entry(WrongRegionException.class, FailureReason.REGION_UNAVAILABLE),
          entry(VisibilityControllerNotReadyException.class, FailureReason.REGION_UNAVAILABLE),
          entry(RegionServerStoppedException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(ServerNotRunningYetException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(FailedServerException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(FailedLogCloseException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(DroppedSnapshotException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(ConnectionClosedException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(ConnectionClosingException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(StoppedRpcClientException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(CallCancelledException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(SocketException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(UnknownHostException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(UnresolvedAddressException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(ClosedChannelException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(SyncFailedException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(EOFException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(InterruptedIOException.class, FailureReason.SERVER_UNAVAILABLE),
          entry(CallTimeoutException.class, FailureReason.TIMED_OUT),
          entry(CallerDisconnectedException.class, FailureReason.TIMED_OUT),
          entry(LockTimeoutException.class, FailureReason.TIMED_OUT),
          entry(OperationTimeoutExceededException.class, FailureReason.TIMED_OUT),
          entry(TimeoutIOException.class, FailureReason.TIMED_OUT),
          entry(SocketTimeoutException.class, FailureReason.TIMED_OUT),
          entry(TimeoutException.class, FailureReason.TIMED_OUT),
          entry(CallDroppedException.class, FailureReason.OVERLOADED),
          entry(RegionTooBusyException.class, FailureReason.OVERLOADED),
          entry(RpcThrottlingException.class, FailureReason.OVERLOADED),
          entry(ServerTooBusyException.class, FailureReason.OVERLOADED),
          entry(RequestTooBigException.class, FailureReason.BATCH_TOO_LARGE),
          entry(MasterNotRunningException.class, FailureReason.TARGET_UNAVAILABLE),
          entry(MasterRegistryFetchException.class, FailureReason.TARGET_UNAVAILABLE),
          entry(MasterStoppedException.class, FailureReason.TARGET_UNAVAILABLE),
          entry(NotAllMetaRegionsOnlineException.class, FailureReason.TARGET_UNAVAILABLE),
          entry(PleaseHoldException.class, FailureReason.TARGET_UNAVAILABLE),
          entry(PleaseRestartMasterException.class, FailureReason.TARGET_UNAVAILABLE),
          entry(ServiceNotRunningException.class, FailureReason.TARGET_UNAVAILABLE),
          entry(ZooKeeperConnectionException.class, FailureReason.TARGET_UNAVAILABLE),
          entry(NamespaceNotFoundException.class, FailureReason.TABLE_MISSING),
          entry(TableNotFoundException.class, FailureReason.TABLE_MISSING),
          entry(TableNotEnabledException.class, FailureReason.TABLE_DISABLED),
          entry(InvalidFamilyOperationException.class, FailureReason.FAMILY_MISSING),
          entry(NoSuchColumnFamilyException.class, FailureReason.FAMILY_MISSING),
          entry(AccessControlException.class, FailureReason.ACCESS_DENIED),
          entry(AccessDeniedException.class, FailureReason.ACCESS_DENIED),
          entry(BadAuthException.class, FailureReason.AUTHENTICATION_FAILED),
          entry(FallbackDisallowedException.class, FailureReason.AUTHENTICATION_FAILED),
          entry(GSSException.class, FailureReason.AUTHENTICATION_FAILED),
          entry(KerberosAuthException.class, FailureReason.AUTHENTICATION_FAILED),
          entry(LoginException.class, FailureReason.AUTHENTICATION_FAILED),
          entry(SaslException.class, FailureReason.AUTHENTICATION_FAILED),
          entry(SSLException.class, FailureReason.AUTHENTICATION_FAILED),
          entry(QuotaExceededException.class, FailureReason.SPACE_QUOTA_EXCEEDED),
          entry(InvalidLabelException.class, FailureReason.LABEL_UNKNOWN),
          entry(FailedSanityCheckException.class, FailureReason.MUTATION_REFUSED),
          entry(IllegalArgumentException.class, FailureReason.MUTATION_REFUSED),
          entry(IllegalArgumentIOException.class, FailureReason.MUTATION_REFUSED));

  /** Classes that only servers have, that the client relocates, or that only old servers throw. */
  private static final Map<String, FailureReason> BY_NAME =
      Map.ofEntries(
          entry(HBASE + "quotas.SpaceLimitingException", FailureReason.SPACE_QUOTA_EXCEEDED),
          entry(HBASE + "quotas.ThrottlingException", FailureReason.OVERLOADED),
          entry(HBASE + "YouAreDeadException", FailureReason.SERVER_UNAVAILABLE),
          entry(HBASE + "regionserver.wal.DamagedWALException", FailureReason.SERVER_UNAVAILABLE),
          entry(HBASE + "regionserver.wal.WALSyncTimeoutIOException", FailureReason.TIMED_OUT),
          entry(
              HBASE + "shaded.org.apache.zookeeper.KeeperException",
              FailureReason.TARGET_UNAVAILABLE),
          entry(
              HBASE + "shaded.org.apache.zookeeper.KeeperException$AuthFailedException",
              FailureReason.AUTHENTICATION_FAILED),
          entry(
              HBASE + "shaded.org.apache.zookeeper.KeeperException$NoAuthException",
              FailureReason.AUTHENTICATION_FAILED),
          entry(
              "org.apache.hbase.thirdparty.io.netty.channel.unix.Errors$NativeIoException",
              FailureReason.SERVER_UNAVAILABLE));

  private FailureTable() {}

  /**
   * What became of a call, by the exception that decides.
   *
   * @param className of that exception
   * @param isBareRefusal whether it is {@link DoNotRetryIOException} itself, by which servers
   *     refuse a cell for its size, among other things
   */
  record Verdict(FailureReason reason, String className, String message, boolean isBareRefusal) {}

  /** Looks the exception up, through everything that merely wraps it. */
  static Verdict lookUp(Throwable failure) {
    Throwable decisive = Unwrapping.decisive(failure, BARE);
    if (decisive instanceof RemoteException remote) {
      return ofRemote(remote);
    }
    if (decisive instanceof ClassNotFoundException && decisive.getMessage() != null) {
      return ofName(decisive.getMessage(), "thrown by the server");
    }
    Class<?> type = decisive.getClass();
    FailureReason reason;
    if (Unwrapping.isExhausted(decisive)) {
      reason = FailureReason.TIMED_OUT;
    } else if (BARE.contains(type)) {
      reason = ofBare(decisive);
    } else if (decisive instanceof HBaseServerException server && server.isServerOverloaded()) {
      reason = FailureReason.OVERLOADED;
    } else {
      reason = byClass(type).orElse(FailureReason.UNCLASSIFIED);
    }
    return verdict(reason, type.getName(), decisive.getMessage());
  }

  private static FailureReason ofBare(Throwable bare) {
    if (bare.getClass() == DoNotRetryIOException.class || Unwrapping.isMadeFromAnswer(bare)) {
      return FailureReason.UNCLASSIFIED;
    }
    return bare.getClass() == IOException.class
        ? FailureReason.SERVER_UNAVAILABLE
        : FailureReason.REGION_UNAVAILABLE;
  }

  private static Verdict ofRemote(RemoteException remote) {
    return ofName(
        remote.getClassName() == null ? "(no class)" : remote.getClassName(), remote.getMessage());
  }

  private static Verdict ofName(String name, @Nullable String message) {
    FailureReason reason =
        Optional.ofNullable(BY_NAME.get(name))
            .or(() -> load(name).flatMap(FailureTable::byClass))
            .orElse(FailureReason.UNCLASSIFIED);
    return verdict(reason, name, message);
  }

  private static Verdict verdict(FailureReason reason, String className, @Nullable String message) {
    return new Verdict(
        reason,
        className,
        Unwrapping.firstLine(className, message),
        DoNotRetryIOException.class.getName().equals(className));
  }

  /** The class a server threw, if the client has it too. */
  private static Optional<Class<?>> load(String name) {
    try {
      return Optional.of(Class.forName(name, false, FailureTable.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  private static Optional<FailureReason> byClass(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      FailureReason reason = BY_CLASS.get(each);
      if (reason == null) {
        reason = BY_NAME.get(each.getName());
      }
      if (reason != null && (each == type || !EXACTLY.contains(each))) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
