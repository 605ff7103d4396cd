package io.hrp.ops.steer;

import java.util.List;

/**
 * Which live daemons have taken up a control offset.
 *
 * @param confirmed those that have
 * @param missing those that did not say so in time
 */
record Confirmation(List<String> confirmed, List<String> missing) {
  Confirmation {
    confirmed = List.copyOf(confirmed);
    missing = List.copyOf(missing);
  }
}
