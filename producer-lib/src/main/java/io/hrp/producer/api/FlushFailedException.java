package io.hrp.producer.api;

/**
 * Mutations published since the last flush were not acknowledged. The cause is the first of their
 * failures; the futures of the others carry theirs.
 */
public final class FlushFailedException extends HrpProducerException {
  private final long failedMutations;

  public FlushFailedException(long failedMutations, Throwable firstFailure) {
    super(
        failedMutations
            + " mutations published since the last flush were not acknowledged; the first: "
            + firstFailure.getMessage(),
        null,
        false,
        firstFailure);
    this.failedMutations = failedMutations;
  }

  public long failedMutations() {
    return failedMutations;
  }
}
