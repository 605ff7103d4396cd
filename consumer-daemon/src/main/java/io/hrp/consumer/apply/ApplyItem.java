package io.hrp.consumer.apply;

import static java.util.Objects.requireNonNull;

import io.hrp.wire.DecodedMutation;
import io.hrp.wire.FamilySelection;

/**
 * One mutation to apply and the families of it that belong on the peer.
 *
 * @param mutation its row decides the region server
 * @param families {@link FamilySelection#ALL} is the fast path
 */
public record ApplyItem(DecodedMutation mutation, FamilySelection families) {
  public ApplyItem {
    requireNonNull(mutation, "mutation");
    requireNonNull(families, "families");
  }
}
