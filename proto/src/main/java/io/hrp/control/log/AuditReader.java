package io.hrp.control.log;

import static java.util.Objects.requireNonNull;

import io.hrp.control.AuditEntry;
import io.hrp.wire.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;

/** Reads the audit topic. Opens nothing between two calls; thread-safe. */
public final class AuditReader {
  private final Map<String, Object> kafka;
  private final LongSupplier nanoTicker;
  private final Duration timeout;

  /**
   * Opens nothing yet.
   *
   * @param kafka settings of the clients, {@code bootstrap.servers} among them
   * @param nanoTicker {@code System::nanoTime}
   * @param timeout bounds each request of a read
   */
  public AuditReader(Map<String, ?> kafka, LongSupplier nanoTicker, Duration timeout) {
    this.kafka = new HashMap<>(kafka);
    this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker");
    this.timeout = requireNonNull(timeout, "timeout");
  }

  /**
   * Every change ever made, oldest first.
   *
   * @throws io.hrp.control.ControlUnavailableException if Kafka does not answer in time
   */
  public List<AuditEntry> all() {
    List<AuditEntry> entries = new ArrayList<>();
    try (SinglePartitionReader reader =
        SinglePartitionReader.open(kafka, TopicNames.AUDIT, nanoTicker)) {
      reader.readToEnd(
          timeout,
          record -> {
            if (record.value() != null) {
              entries.add(AuditCodec.decode(record.offset(), record.value()));
            }
          });
    } catch (KafkaException e) {
      throw KafkaFailures.translate("read '" + TopicNames.AUDIT + "'", e);
    }
    return entries;
  }
}
