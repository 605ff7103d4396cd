package io.hrp.producer.hbase;

import static java.util.Objects.requireNonNull;

import io.hrp.producer.api.HrpProducerException;
import org.apache.hadoop.hbase.DoNotRetryIOException;

/**
 * HRP did not take a mutation or a call; the cause says why and what to do. Nothing was sent and
 * nothing was written anywhere.
 */
public final class PublishRefusedException extends DoNotRetryIOException {
  private static final long serialVersionUID = 1;

  private final HrpProducerException refusal;

  PublishRefusedException(HrpProducerException refusal) {
    super(requireNonNull(refusal, "refusal").getMessage(), refusal);
    this.refusal = refusal;
  }

  /** The library's own exception, which is also the cause. */
  public HrpProducerException refusal() {
    return refusal;
  }
}
