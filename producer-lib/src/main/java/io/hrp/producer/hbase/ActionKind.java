package io.hrp.producer.hbase;

import org.apache.hadoop.hbase.client.Append;
import org.apache.hadoop.hbase.client.CheckAndMutate;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Get;
import org.apache.hadoop.hbase.client.Increment;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RegionCoprocessorServiceExec;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;

/** What is to be done with one action of a batch on a published table. */
enum ActionKind {
  /** A put, a delete or a row mutation: to Kafka. */
  CAPTURED,
  /** Its result is not known before a region server has run it. */
  LOCAL_FIRST,
  READ,
  ENDPOINT,
  /** A kind of action that HBase got later than this library. */
  UNKNOWN;

  static ActionKind of(Row action) {
    if (action instanceof Put || action instanceof Delete || action instanceof RowMutations) {
      return CAPTURED;
    }
    if (action instanceof Increment
        || action instanceof Append
        || action instanceof CheckAndMutate) {
      return LOCAL_FIRST;
    }
    if (action instanceof Get) {
      return READ;
    }
    return action instanceof RegionCoprocessorServiceExec ? ENDPOINT : UNKNOWN;
  }
}
