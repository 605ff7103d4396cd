package io.hrp.control.log;

import static java.util.Objects.requireNonNull;

import io.hrp.control.ChangeNote;
import io.hrp.control.ControlChange;
import io.hrp.control.ControlException;
import io.hrp.control.ControlRecord;
import io.hrp.control.ControlState;
import io.hrp.control.ControlUnavailableException;
import io.hrp.control.ControlUpdater;
import io.hrp.wire.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes control changes, each set with its audit record as one transaction.
 *
 * <p>Why two writers never lose each other's change: all use one transactional id, and a writer
 * takes it over <em>before</em> it reads to the end. Kafka first ends the earlier owner's
 * transaction, so the read sees whatever that one committed; and if another writer takes over
 * between our read and our commit, Kafka refuses our commit, and we start over with a new read. So
 * a change is committed only if nothing was written since the state on which it was decided.
 *
 * <p>Thread-safe; updates of one object run one after the other. Nothing is open between two.
 */
public final class ControlWriter implements ControlUpdater {
  /** Shared by every writer: whoever takes it over fences the others. */
  static final String TRANSACTIONAL_ID = "hrp-control-writer";

  /**
   * After this the broker ends the transaction of a writer that died, which until then hides all
   * later records from readers.
   */
  private static final int TRANSACTION_TIMEOUT_MS = 10_000;

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(ControlWriter.class);

  private final Map<String, Object> kafka;
  private final Clock clock;
  private final LongSupplier nanoTicker;
  private final Duration timeout;

  /**
   * Opens nothing yet.
   *
   * @param kafka settings of the clients, {@code bootstrap.servers} among them
   * @param clock gives the time written into records
   * @param nanoTicker measures the timeout; {@code System::nanoTime}
   * @param timeout bounds one update, roughly: the last step may take as long again
   */
  public ControlWriter(
      Map<String, ?> kafka, Clock clock, LongSupplier nanoTicker, Duration timeout) {
    this.kafka = new HashMap<>(kafka);
    this.clock = requireNonNull(clock, "clock");
    this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker");
    this.timeout = requireNonNull(timeout, "timeout");
  }

  @Override
  public synchronized long update(
      String who, String why, Function<ControlState, List<ControlChange>> decide) {
    requireNonNull(who, "who");
    requireNonNull(why, "why");
    requireNonNull(decide, "decide");
    long deadline = nanoTicker.getAsLong() + timeout.toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        return new Update(who, why, decide, deadline).run();
      } catch (OtherWriterException e) {
        log.debug("another control writer came first, starting over attempt={}", attempt, e);
        if (nanoTicker.getAsLong() >= deadline) {
          throw new ControlUnavailableException(
              "cannot change '"
                  + TopicNames.CONTROL
                  + "': other writers came first for "
                  + timeout.toMillis()
                  + " ms; try again",
              e);
        }
        backOff(attempt);
      }
    }
  }

  private static void backOff(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(20, 20 + 50L * Math.min(attempt, 10)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlUnavailableException("interrupted while other writers came first", e);
    }
  }

  /** Another writer took over the transactional id. */
  private static final class OtherWriterException extends RuntimeException {
    OtherWriterException(Throwable cause) {
      super(cause);
    }
  }

  /** One attempt. */
  private final class Update {
    private final String who;
    private final String why;
    private final Function<ControlState, List<ControlChange>> decide;
    private final long deadline;

    Update(
        String who, String why, Function<ControlState, List<ControlChange>> decide, long deadline) {
      this.who = who;
      this.why = why;
      this.decide = decide;
      this.deadline = deadline;
    }

    long run() {
      try (Producer<byte[], byte[]> producer = new KafkaProducer<>(producerSettings())) {
        try (SinglePartitionReader reader =
            SinglePartitionReader.open(kafka, TopicNames.CONTROL, nanoTicker)) {
          return run(producer, reader);
        } catch (RuntimeException | InterruptedException | ExecutionException e) {
          // Waits for nothing: what is unfinished, the next writer's take-over ends.
          producer.close(Duration.ZERO);
          throw translated(e);
        }
      } catch (KafkaException e) {
        throw translated(e);
      }
    }

    private RuntimeException translated(Exception failure) {
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      if (failure instanceof ControlException
          || (failure instanceof RuntimeException && !(failure instanceof KafkaException))) {
        return (RuntimeException) failure;
      }
      if (KafkaFailures.meaningOf(failure) == KafkaFailures.Meaning.START_OVER) {
        return new OtherWriterException(failure);
      }
      return KafkaFailures.translate("change '" + TopicNames.CONTROL + "'", failure);
    }

    private long run(Producer<byte[], byte[]> producer, SinglePartitionReader reader)
        throws InterruptedException, ExecutionException {
      producer.initTransactions();
      ControlState state = read(reader);
      List<ControlChange> changes = List.copyOf(decide.apply(state));
      if (changes.isEmpty()) {
        return state.controlOffset();
      }
      ChangeNote note = ChangeNote.of(who, clock.instant(), why);
      producer.beginTransaction();
      List<Future<RecordMetadata>> sent = send(producer, state, changes, note);
      producer.commitTransaction();
      long last = -1;
      for (Future<RecordMetadata> each : sent) {
        RecordMetadata written = each.get();
        if (written.topic().equals(TopicNames.CONTROL)) {
          last = Math.max(last, written.offset());
        }
      }
      awaitVisible(reader, last);
      return last;
    }

    private ControlState read(SinglePartitionReader reader) {
      List<ControlRecord> records = new ArrayList<>();
      reader.readToEnd(
          remaining(),
          record ->
              records.add(ControlCodec.decode(record.offset(), record.key(), record.value())));
      return ControlState.empty().with(records);
    }

    /** Sends the audit record and the changes. */
    private List<Future<RecordMetadata>> send(
        Producer<byte[], byte[]> producer,
        ControlState state,
        List<ControlChange> changes,
        ChangeNote note) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      byte[] audit = AuditCodec.encode(state, changes, note);
      sent.add(producer.send(new ProducerRecord<>(TopicNames.AUDIT, 0, null, audit)));
      for (ControlChange change : changes) {
        byte[] value = change.signed(note).map(ControlCodec::encode).orElse(null);
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    TopicNames.CONTROL, 0, ControlCodec.key(change.keyText()), value)));
      }
      return sent;
    }

    /**
     * The broker answers a commit before it has written the marker that lets readers see the
     * records, so the end must be looked at until it has moved.
     */
    private void awaitVisible(SinglePartitionReader reader, long offset) {
      try {
        while (reader.readToEnd(remaining(), record -> {}) <= offset) {
          backOff(1);
        }
      } catch (TimeoutException e) {
        throw new ControlUnavailableException(
            "the change of '"
                + TopicNames.CONTROL
                + "' was committed at offset "
                + offset
                + ", but readers do not see it yet",
            e);
      }
    }

    private Duration remaining() {
      long nanos = deadline - nanoTicker.getAsLong();
      return Duration.ofNanos(Math.max(nanos, Duration.ofMillis(1).toNanos()));
    }

    private Map<String, Object> producerSettings() {
      long timeoutMs = Math.max(1, remaining().toMillis());
      int requestMs = (int) Math.min(REQUEST_TIMEOUT.toMillis(), timeoutMs);
      Map<String, Object> settings = new HashMap<>(kafka);
      settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
      settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
      settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
      settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
      settings.put(ProducerConfig.ACKS_CONFIG, "all");
      settings.put(ProducerConfig.CLIENT_ID_CONFIG, TRANSACTIONAL_ID);
      settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
      settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
      settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeoutMs);
      settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, requestMs);
      settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) Math.max(timeoutMs, requestMs));
      return settings;
    }
  }
}
