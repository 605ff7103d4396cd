package io.hrp.control;

import java.util.List;

/** Port: the daemons' latest reports. */
public interface StatusSource {
  /**
   * Reads to the end of the status topic and returns the latest report of every daemon that was
   * heard of within the last minutes, in the order of daemon ids. Those that stopped or fell silent
   * are included; ask {@link SeenStatus#isLive}.
   *
   * @throws ControlUnavailableException if Kafka cannot be reached in time
   */
  List<SeenStatus> latest();
}
