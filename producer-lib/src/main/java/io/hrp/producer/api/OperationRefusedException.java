package io.hrp.producer.api;

import org.apache.hadoop.hbase.TableName;

/**
 * A call of the HBase API cannot be carried to other clusters, in the mode that the table has. The
 * call changed nothing; the same call will always be refused.
 */
public final class OperationRefusedException extends HrpProducerException {
  private final String operation;

  /**
   * @param operation the method's name
   * @param advice what to do instead
   */
  public OperationRefusedException(TableName table, String operation, String advice) {
    super("cannot run '" + operation + "' on table '" + table + "': " + advice, table, false, null);
    this.operation = operation;
  }

  /** The refused method's name, such as {@code increment}. */
  public String operation() {
    return operation;
  }
}
