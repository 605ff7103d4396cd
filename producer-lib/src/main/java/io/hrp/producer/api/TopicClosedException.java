package io.hrp.producer.api;

import static java.util.Objects.requireNonNull;

import org.apache.hadoop.hbase.TableName;

/**
 * An operator closed the table's topic to producers ({@code hrp topic close}). Nothing was sent.
 *
 * <p>A publisher refuses under both policies, since it has no cluster beside it; those that have
 * one, such as connections through HBase's own API, write there under {@link Policy#DIRECT}.
 */
public final class TopicClosedException extends HrpProducerException {
  /** What the operator wants of producers. */
  public enum Policy {
    /** Every mutation is to be refused. */
    REJECT,
    /** Mutations are to be written to the writer's own cluster alone, past Kafka. */
    DIRECT
  }

  private final Policy policy;

  /**
   * @param note who closed it, when and why
   */
  public TopicClosedException(TableName table, Policy policy, String note) {
    super(
        "cannot publish to table '"
            + table
            + "': its topic was closed to producers "
            + note
            + (policy == Policy.DIRECT
                ? "; the policy is to write to the cluster directly, and this publisher has none"
                : "")
            + "; 'hrp topic open "
            + table
            + "' takes it back",
        table,
        true,
        null);
    this.policy = requireNonNull(policy, "policy");
  }

  public Policy policy() {
    return policy;
  }
}
