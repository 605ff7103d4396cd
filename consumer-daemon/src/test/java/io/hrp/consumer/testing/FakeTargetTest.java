package io.hrp.consumer.testing;

import io.hrp.consumer.apply.MutationApplier;
import io.hrp.wire.RowKey;
import io.hrp.wire.TableId;

/** The fake keeps to what the real target keeps to. */
final class FakeTargetTest extends MutationApplierContract {
  private final FakeTarget target = new FakeTarget();

  @Override
  protected MutationApplier applier() {
    return target;
  }

  @Override
  protected TableId table() {
    return TableId.of("ns", "orders");
  }

  @Override
  protected boolean holds(String row) {
    return target.rows().contains(RowKey.wrap(bytes(row)));
  }
}
