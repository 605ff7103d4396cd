package io.hrp.control.log;

import static java.util.Objects.requireNonNull;

import io.hrp.control.ControlListener;
import io.hrp.control.ControlRecord;
import io.hrp.control.ControlState;
import io.hrp.control.ControlView;
import io.hrp.control.NotUnderstood;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step of following the control topic: read to the end, fold, publish. The follower's thread
 * repeats it; {@link #current} may be called by any thread.
 *
 * <p>A step that fails midway keeps what it read and goes on from there; nothing is published
 * before the end is reached, so a view is always the state at some end of the topic. If the topic
 * turns out to be another one, or if nothing could be read for so long that compaction may have
 * dropped the removal of a key, everything is read again from the start, and the last view stays
 * until that is done.
 */
final class ControlTail {
  /**
   * Well under the day for which a compacted topic keeps removals ({@code delete.retention.ms}).
   */
  private static final Duration TRUST_POSITION_FOR = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(ControlTail.class);

  private final SinglePartitionReader reader;
  private final Clock clock;
  private final LongSupplier nanoTicker;
  private final ControlListener listener;

  // Touched by the stepping thread alone.
  private final List<ControlRecord> unfolded = new ArrayList<>();
  private final Set<String> warned = new HashSet<>();
  private ControlState base = ControlState.empty();

  private volatile ControlView view = ControlView.notRead();

  ControlTail(
      SinglePartitionReader reader,
      Clock clock,
      LongSupplier nanoTicker,
      ControlListener listener) {
    this.reader = requireNonNull(reader, "reader");
    this.clock = requireNonNull(clock, "clock");
    this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker");
    this.listener = requireNonNull(listener, "listener");
  }

  ControlView current() {
    return view;
  }

  /**
   * Reads to the end once.
   *
   * @throws org.apache.kafka.common.KafkaException if that failed; the step can be repeated
   */
  void step(Duration timeout) {
    long started = nanoTicker.getAsLong();
    if (view.complete() && started - view.readToEndStartedNanos() > TRUST_POSITION_FOR.toNanos()) {
      startOver();
    }
    try {
      reader.readToEnd(
          timeout,
          record ->
              unfolded.add(ControlCodec.decode(record.offset(), record.key(), record.value())));
    } catch (PositionGoneException e) {
      startOver();
      throw e;
    }
    publish(started);
  }

  private void startOver() {
    unfolded.clear();
    base = ControlState.empty();
    reader.seekToBeginning();
  }

  private void publish(long started) {
    ControlState state = base.with(unfolded);
    unfolded.clear();
    base = state;
    boolean changed = !view.complete() || state.controlOffset() != view.state().controlOffset();
    view = ControlView.of(state, started, clock.instant());
    if (changed) {
      warnOnce(state);
      listener.onControl(view);
    }
  }

  private void warnOnce(ControlState state) {
    for (NotUnderstood record : state.notUnderstood()) {
      if (warned.add(record.offset() + " " + record.keyText())) {
        log.warn(
            "control record not understood, {} key={} offset={} reason={}",
            record.weight() == NotUnderstood.Weight.IGNORABLE
                ? "going on without it"
                : "holding " + record.scope() + " until this program is updated",
            record.keyText(),
            record.offset(),
            record.reason());
      }
    }
  }
}
