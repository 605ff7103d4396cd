package io.hrp.bench.codec;

import org.apache.hadoop.hbase.client.Row;

/** A way from an HBase mutation to bytes and back. */
interface Codec {

  String name();

  byte[] encode(Row mutation);

  Row decode(byte[] bytes);
}
