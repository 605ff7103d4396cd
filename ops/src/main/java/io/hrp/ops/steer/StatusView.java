package io.hrp.ops.steer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of everything at one moment, ready to be shown.
 *
 * @param tables one row per peer and table
 * @param daemons one row per daemon heard of within the last minutes
 */
public record StatusView(List<TableRow> tables, List<DaemonRow> daemons) {
  public StatusView {
    tables = List.copyOf(tables);
    daemons = List.copyOf(daemons);
  }

  /**
   * One table on one peer, over all live daemons.
   *
   * @param state {@code running}, {@code waiting}, {@code paused}, {@code parked}, {@code
   *     disabled}, {@code no-daemon} and so on
   * @param reason a fixed word, or empty
   * @param detail a sentence, or empty
   * @param since when the state began; absent if not known
   * @param lagRecords records without an outcome; absent if not known
   * @param delaySeconds age of the oldest of them by the broker's clock; absent if there is none or
   *     if it is not known
   * @param assigned partitions that a live daemon owns
   * @param partitions partitions of the topic; absent if not declared
   */
  public record TableRow(
      String peer,
      String table,
      String state,
      String reason,
      String detail,
      @Nullable String since,
      @Nullable Long lagRecords,
      @Nullable Double delaySeconds,
      double appliedPerSecond,
      long applied,
      long filtered,
      long discarded,
      long deadLettered,
      int assigned,
      @Nullable Integer partitions) {}

  /**
   * One daemon.
   *
   * @param live whether it reported within the last three intervals
   * @param silentSeconds since its last report
   * @param controlOffset the control offset taken up; absent if it has not read control
   */
  public record DaemonRow(
      String daemon,
      String host,
      long pid,
      boolean live,
      String state,
      String started,
      double silentSeconds,
      @Nullable Long controlOffset,
      String version) {}
}
