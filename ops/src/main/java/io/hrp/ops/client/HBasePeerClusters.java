package io.hrp.ops.client;

import io.hrp.control.config.PeerSettings;
import io.hrp.ops.steer.PeerClusters;
import io.hrp.ops.steer.PeerTable;
import io.hrp.wire.TableId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.TableNotFoundException;
import org.apache.hadoop.hbase.client.AsyncConnection;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptor;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.TableDescriptor;

/** The peers' clusters through HBase's client, all asked at the same time. */
public final class HBasePeerClusters implements PeerClusters {
  private final List<PeerSettings> peers;
  private final Duration timeout;

  /**
   * Opens nothing yet.
   *
   * @param timeout bounds the whole question to all peers
   */
  public HBasePeerClusters(List<PeerSettings> peers, Duration timeout) {
    this.peers = List.copyOf(peers);
    this.timeout = timeout;
  }

  @Override
  public List<PeerTable> describe(TableId table) {
    List<Question> questions = new ArrayList<>();
    for (PeerSettings peer : peers) {
      questions.add(new Question(peer, table));
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    List<PeerTable> answers = new ArrayList<>();
    for (Question question : questions) {
      answers.add(question.answer(deadline));
    }
    return answers;
  }

  private static Configuration configuration(PeerSettings peer) {
    Configuration configuration = HBaseConfiguration.create();
    // One quick attempt: whoever waits is a person, and an unreachable peer is an answer, too.
    configuration.setInt("hbase.client.retries.number", 1);
    configuration.setInt("zookeeper.recovery.retry", 0);
    configuration.setInt("hbase.client.registry.zookeeper.recovery.retry", 0);
    peer.hbase().forEach(configuration::set);
    return configuration;
  }

  /** One peer, being asked. */
  private static final class Question {
    private final String peer;
    private final CompletableFuture<AsyncConnection> connection;
    private final CompletableFuture<TableDescriptor> descriptor;

    Question(PeerSettings settings, TableId table) {
      this.peer = settings.name();
      this.connection = ConnectionFactory.createAsyncConnection(configuration(settings));
      TableName name = TableName.valueOf(table.namespace(), table.name());
      this.descriptor = connection.thenCompose(c -> c.getAdmin().getDescriptor(name));
    }

    PeerTable answer(long deadline) {
      try {
        long left = Math.max(1, deadline - System.nanoTime());
        return present(descriptor.get(left, TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        return PeerTable.unknown(peer, "its cluster does not answer");
      } catch (ExecutionException e) {
        return isTableMissing(e)
            ? PeerTable.missing(peer)
            : PeerTable.unknown(peer, "its cluster cannot be reached");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return PeerTable.unknown(peer, "interrupted");
      } finally {
        close();
      }
    }

    private PeerTable present(TableDescriptor table) {
      SortedSet<String> families = new TreeSet<>();
      SortedSet<String> newVersion = new TreeSet<>();
      for (ColumnFamilyDescriptor family : table.getColumnFamilies()) {
        String name = new String(family.getName(), StandardCharsets.UTF_8);
        families.add(name);
        if (family.isNewVersionBehavior()) {
          newVersion.add(name);
        }
      }
      return PeerTable.present(peer, families, newVersion);
    }

    private static boolean isTableMissing(Throwable failure) {
      for (Throwable t = failure; t != null; t = t.getCause()) {
        if (t instanceof TableNotFoundException) {
          return true;
        }
      }
      return false;
    }

    /** Closes the connection whenever it comes, also after we have stopped waiting. */
    private void close() {
      CompletableFuture<Void> unused =
          connection.thenAccept(
              c -> {
                try {
                  c.close();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
