package io.hrp.consumer.apply.hbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hrp.consumer.apply.FailureReason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.security.sasl.SaslException;
import org.apache.hadoop.hbase.CallDroppedException;
import org.apache.hadoop.hbase.CallQueueTooBigException;
import org.apache.hadoop.hbase.ClockOutOfSyncException;
import org.apache.hadoop.hbase.DoNotRetryIOException;
import org.apache.hadoop.hbase.DroppedSnapshotException;
import org.apache.hadoop.hbase.HBaseIOException;
import org.apache.hadoop.hbase.HBaseServerException;
import org.apache.hadoop.hbase.InvalidFamilyOperationException;
import org.apache.hadoop.hbase.MasterNotRunningException;
import org.apache.hadoop.hbase.NamespaceNotFoundException;
import org.apache.hadoop.hbase.NotServingRegionException;
import org.apache.hadoop.hbase.PleaseHoldException;
import org.apache.hadoop.hbase.RegionTooBusyException;
import org.apache.hadoop.hbase.ServerName;
import org.apache.hadoop.hbase.TableNotEnabledException;
import org.apache.hadoop.hbase.TableNotFoundException;
import org.apache.hadoop.hbase.UnknownRegionException;
import org.apache.hadoop.hbase.ZooKeeperConnectionException;
import org.apache.hadoop.hbase.client.DoNotRetryRegionException;
import org.apache.hadoop.hbase.client.NoServerForRegionException;
import org.apache.hadoop.hbase.client.RegionOfflineException;
import org.apache.hadoop.hbase.client.RetriesExhaustedException;
import org.apache.hadoop.hbase.client.RowTooBigException;
import org.apache.hadoop.hbase.coprocessor.CoprocessorException;
import org.apache.hadoop.hbase.exceptions.ConnectionClosedException;
import org.apache.hadoop.hbase.exceptions.ConnectionClosingException;
import org.apache.hadoop.hbase.exceptions.FailedSanityCheckException;
import org.apache.hadoop.hbase.exceptions.MasterRegistryFetchException;
import org.apache.hadoop.hbase.exceptions.MasterStoppedException;
import org.apache.hadoop.hbase.exceptions.RegionMovedException;
import org.apache.hadoop.hbase.exceptions.RegionOpeningException;
import org.apache.hadoop.hbase.exceptions.RequestTooBigException;
import org.apache.hadoop.hbase.exceptions.TimeoutIOException;
import org.apache.hadoop.hbase.ipc.BadAuthException;
import org.apache.hadoop.hbase.ipc.CallTimeoutException;
import org.apache.hadoop.hbase.ipc.FailedServerException;
import org.apache.hadoop.hbase.ipc.FatalConnectionException;
import org.apache.hadoop.hbase.ipc.RemoteWithExtrasException;
import org.apache.hadoop.hbase.ipc.ServerNotRunningYetException;
import org.apache.hadoop.hbase.ipc.ServerTooBusyException;
import org.apache.hadoop.hbase.ipc.StoppedRpcClientException;
import org.apache.hadoop.hbase.net.Address;
import org.apache.hadoop.hbase.quotas.QuotaExceededException;
import org.apache.hadoop.hbase.quotas.RpcThrottlingException;
import org.apache.hadoop.hbase.regionserver.NoSuchColumnFamilyException;
import org.apache.hadoop.hbase.regionserver.RegionServerAbortedException;
import org.apache.hadoop.hbase.regionserver.RegionServerStoppedException;
import org.apache.hadoop.hbase.regionserver.WrongRegionException;
import org.apache.hadoop.hbase.security.AccessDeniedException;
import org.apache.hadoop.hbase.security.visibility.InvalidLabelException;
import org.apache.hadoop.hbase.shaded.protobuf.ProtobufUtil;
import org.apache.hadoop.hbase.shaded.protobuf.generated.HBaseProtos.NameBytesPair;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hbase.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FailureTableTest {
  private static final String HBASE = "org.apache.hadoop.hbase.";

  static Stream<Arguments> rows() {
    return Stream.of(
            rows(
                FailureReason.REGION_UNAVAILABLE,
                new NotServingRegionException("r"),
                new RegionMovedException(ServerName.valueOf("h", 1, 1), 2),
                new RegionOpeningException("r"),
                new UnknownRegionException("r"),
                new NoServerForRegionException("r"),
                new RegionOfflineException("r"),
                new WrongRegionException("r"),
                new DoNotRetryRegionException("r"),
                new HBaseIOException("No location found")),
            rows(
                FailureReason.SERVER_UNAVAILABLE,
                new RegionServerStoppedException("s"),
                new RegionServerAbortedException("s"),
                new ServerNotRunningYetException("s"),
                new FailedServerException("s"),
                new DroppedSnapshotException("s"),
                new ConnectException("s"),
                new NoRouteToHostException("s"),
                new SocketException("Connection reset"),
                new UnknownHostException("s"),
                new UnresolvedAddressException(),
                new ClosedChannelException(),
                new ConnectionClosedException("s"),
                new ConnectionClosingException("s"),
                new StoppedRpcClientException(),
                new EOFException(),
                new InterruptedIOException(),
                new IOException("Broken pipe"),
                new HBaseIOException("on local exception", new IOException("Broken pipe")),
                remote(HBASE + "YouAreDeadException")),
            rows(
                FailureReason.TIMED_OUT,
                new CallTimeoutException("t"),
                new TimeoutIOException("t"),
                new SocketTimeoutException(),
                new TimeoutException(),
                new RetriesExhaustedException(1, List.of()),
                remote(HBASE + "regionserver.wal.WALSyncTimeoutIOException")),
            rows(
                FailureReason.OVERLOADED,
                new CallQueueTooBigException("o"),
                new CallDroppedException("o"),
                new RegionTooBusyException("o"),
                new RpcThrottlingException("o"),
                new ServerTooBusyException(Address.fromParts("h", 1), 5),
                new HBaseServerException(true, "o"),
                remote(HBASE + "quotas.ThrottlingException")),
            rows(FailureReason.BATCH_TOO_LARGE, new RequestTooBigException("b")),
            rows(
                FailureReason.TARGET_UNAVAILABLE,
                new MasterNotRunningException("m"),
                new PleaseHoldException("m"),
                new MasterStoppedException(),
                new MasterRegistryFetchException(
                    Set.of(ServerName.valueOf("h", 1, 1)), new IOException()),
                new ZooKeeperConnectionException("z")),
            rows(
                FailureReason.TABLE_MISSING,
                new TableNotFoundException("t"),
                new NamespaceNotFoundException("t")),
            rows(FailureReason.TABLE_DISABLED, new TableNotEnabledException("t")),
            rows(
                FailureReason.FAMILY_MISSING,
                new NoSuchColumnFamilyException("f"),
                new InvalidFamilyOperationException("f")),
            rows(
                FailureReason.ACCESS_DENIED,
                new AccessDeniedException("a"),
                new AccessControlException("a")),
            rows(
                FailureReason.AUTHENTICATION_FAILED,
                new BadAuthException("a"),
                new SaslException("a"),
                new SSLHandshakeException("a")),
            rows(
                FailureReason.SPACE_QUOTA_EXCEEDED,
                new QuotaExceededException("q"),
                remote(HBASE + "quotas.SpaceLimitingException")),
            rows(FailureReason.LABEL_UNKNOWN, new InvalidLabelException("l")),
            rows(
                FailureReason.MUTATION_REFUSED,
                new FailedSanityCheckException("p"),
                new IllegalArgumentException("p")),
            rows(
                FailureReason.UNCLASSIFIED,
                new DoNotRetryIOException("anything"),
                new HBaseServerException(false, "not for load"),
                new RowTooBigException("a subclass of an entry that holds for no subclass"),
                new NumberFormatException("another"),
                new CoprocessorException(Object.class, "theirs"),
                new FatalConnectionException("u"),
                new ClockOutOfSyncException("u"),
                new IllegalStateException("u"),
                new NullPointerException("u"),
                new IOException("wraps a defect", new NullPointerException()),
                remote("java.io.IOException"),
                remote(HBASE + "HBaseIOException"),
                remote("com.example.SomebodysCoprocessorException")))
        .flatMap(rows -> rows);
  }

  @ParameterizedTest(name = "{1} is {0}")
  @MethodSource("rows")
  void sortsByClass(FailureReason reason, Throwable failure) {
    assertThat(FailureTable.lookUp(failure).reason()).isEqualTo(reason);
  }

  @ParameterizedTest(name = "{1} from a server is {0}")
  @MethodSource("rowsThatServersSend")
  void sortsTheSameWhenAServerSendsIt(FailureReason reason, Throwable failure) {
    RemoteWithExtrasException sent =
        new RemoteWithExtrasException(failure.getClass().getName(), "message", true);

    assertThat(FailureTable.lookUp(sent).reason()).isEqualTo(reason);
    assertThat(FailureTable.lookUp(new RetriesExhaustedException("r", sent)).reason())
        .isEqualTo(reason);
  }

  @Test
  void looksThroughWhateverWraps() {
    Throwable wrapped =
        new CompletionException(
            new ExecutionException(
                new UncheckedIOException(
                    new IOException(
                        new RetriesExhaustedException("r", new TableNotFoundException("t"))))));

    FailureTable.Verdict verdict = FailureTable.lookUp(wrapped);

    assertThat(verdict.reason()).isEqualTo(FailureReason.TABLE_MISSING);
    assertThat(verdict.className()).isEqualTo(TableNotFoundException.class.getName());
  }

  @Test
  void tellsABareRefusalFromAClassTheClientDoesNotHave() {
    assertThat(FailureTable.lookUp(remote(DoNotRetryIOException.class.getName())).isBareRefusal())
        .isTrue();
    assertThat(FailureTable.lookUp(remote(HBASE + "quotas.SpaceLimitingException")).isBareRefusal())
        .isFalse();
  }

  @ParameterizedTest
  @MethodSource("classesOfAnswers")
  void sortsWhatAnAnswerSaysOfASingleAction(String className, FailureReason reason) {
    NameBytesPair answer =
        NameBytesPair.newBuilder()
            .setName(className)
            .setValue(ByteString.copyFromUtf8(className + ": message\n\tat a.server"))
            .build();
    Throwable failure;
    try {
      failure = ProtobufUtil.toException(answer);
    } catch (IOException e) {
      failure = e;
    }

    FailureTable.Verdict verdict =
        FailureTable.lookUp(new RetriesExhaustedException("one attempt", (IOException) failure));

    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.className()).isEqualTo(className);
  }

  static Stream<Arguments> classesOfAnswers() {
    return Stream.of(
        arguments("java.io.IOException", FailureReason.UNCLASSIFIED),
        arguments(HBASE + "HBaseIOException", FailureReason.UNCLASSIFIED),
        arguments(HBASE + "DoNotRetryIOException", FailureReason.UNCLASSIFIED),
        arguments(HBASE + "NotServingRegionException", FailureReason.REGION_UNAVAILABLE),
        arguments(HBASE + "regionserver.NoSuchColumnFamilyException", FailureReason.FAMILY_MISSING),
        arguments(HBASE + "quotas.SpaceLimitingException", FailureReason.SPACE_QUOTA_EXCEEDED),
        arguments("com.example.Unheard", FailureReason.UNCLASSIFIED));
  }

  @Test
  void keepsTheFirstLineOfAMessageAndCutsIt() {
    assertThat(FailureTable.lookUp(new NotServingRegionException("one\n\tat two")).message())
        .isEqualTo("one");
    assertThat(FailureTable.lookUp(new NotServingRegionException("x".repeat(999))).message())
        .hasSize(301);
  }

  static Stream<Arguments> rowsThatServersSend() {
    return rows().filter(row -> saysSomethingByItsClass((Throwable) row.get()[1]));
  }

  /** What else decides than the class is lost when a server sends a name and a message. */
  private static boolean saysSomethingByItsClass(Throwable failure) {
    return !Set.of(
            IOException.class,
            HBaseIOException.class,
            HBaseServerException.class,
            RetriesExhaustedException.class,
            DoNotRetryIOException.class)
        .contains(failure.getClass());
  }

  private static Stream<Arguments> rows(FailureReason reason, Throwable... failures) {
    return Stream.of(failures).map(failure -> arguments(reason, failure));
  }

  /** As the client hands it on: turned into the named class if it has it, else wrapped. */
  private static IOException remote(String className) {
    return new RemoteWithExtrasException(className, "message\n\tat a.server", true)
        .unwrapRemoteException();
  }
}
