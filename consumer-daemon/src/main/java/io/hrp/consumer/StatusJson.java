package io.hrp.consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hrp.control.Condition;
import io.hrp.control.DaemonStatus;
import io.hrp.control.PartitionStatus;
import io.hrp.control.PeerStatus;
import io.hrp.control.TableStatus;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A daemon's status as one JSON document, for its admin port. */
final class StatusJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private StatusJson() {}

  static String of(DaemonStatus status) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("daemon", status.daemonId());
    document.put("instance", status.instance().toString());
    document.put("host", status.identity().host());
    document.put("pid", status.identity().pid());
    document.put("started", status.identity().started().toString());
    document.put("time", status.time().toString());
    document.put("state", status.state().name().toLowerCase(Locale.ROOT));
    document.put("controlOffset", status.controlOffset());
    document.put("peers", status.peers().stream().map(StatusJson::peer).toList());
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a status cannot be written as JSON", impossible);
    }
  }

  private static Map<String, Object> peer(PeerStatus peer) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("peer", peer.peer());
    condition(document, peer.condition());
    document.put("tables", peer.tables().stream().map(StatusJson::table).toList());
    return document;
  }

  private static Map<String, Object> table(TableStatus table) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("table", table.table().qualifiedName());
    condition(document, table.condition());
    document.put("assigned", table.assigned());
    document.put("lagRecords", table.lagRecords());
    table.oldestUnapplied().ifPresent(oldest -> document.put("oldestUnapplied", oldest.toString()));
    document.put("applied", table.totals().applied());
    document.put("filtered", table.totals().filtered());
    document.put("discarded", table.totals().discarded());
    document.put("deadLettered", table.totals().deadLettered());
    document.put("appliedPerSecond", table.appliedPerSecond());
    document.put("troubled", table.troubled().stream().map(StatusJson::partition).toList());
    return document;
  }

  private static Map<String, Object> partition(PartitionStatus partition) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("partition", partition.partition());
    condition(document, partition.condition());
    document.put("lowestUnfinishedOffset", partition.lowestUnfinishedOffset());
    document.put("lagRecords", partition.lagRecords());
    return document;
  }

  private static void condition(Map<String, Object> document, Condition condition) {
    document.put("state", condition.state().name().toLowerCase(Locale.ROOT));
    if (!condition.reason().isEmpty()) {
      document.put("reason", condition.reason());
    }
    if (!condition.detail().isEmpty()) {
      document.put("detail", condition.detail());
    }
    condition.since().ifPresent(since -> document.put("since", since.toString()));
  }
}
