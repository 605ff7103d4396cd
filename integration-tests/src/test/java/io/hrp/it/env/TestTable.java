package io.hrp.it.env;

import io.hrp.wire.TableId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.hbase.KeepDeletedCells;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptor;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.TableDescriptor;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;

/**
 * A table as one test uses it, on both clusters and in Kafka.
 *
 * @param id its name
 * @param families its column families
 * @param partitions how many partitions its topic has
 * @param retention what the clusters keep of it
 */
public record TestTable(TableId id, List<String> families, int partitions, Retention retention) {

  /** What a cluster keeps of the cells it is given. */
  public enum Retention {
    /** Everything: all versions, deleted cells, delete markers. Fair to compare cell by cell. */
    EVERYTHING,
    /** What HBase keeps when nobody asks for more: one version. Compare what is visible. */
    ONE_VERSION
  }

  public TestTable {
    families = List.copyOf(families);
  }

  /** The name as HBase's client has it. */
  public TableName name() {
    return TableName.valueOf(id.namespace(), id.name());
  }

  /** The table's description, as both clusters get it. */
  public TableDescriptor descriptor() {
    return descriptor(families);
  }

  /** The same with other families, for a cluster that lacks one. */
  public TableDescriptor descriptor(List<String> families) {
    TableDescriptorBuilder table = TableDescriptorBuilder.newBuilder(name());
    families.forEach(family -> table.setColumnFamily(familyDescriptor(family)));
    return table.build();
  }

  /** One family's description. */
  public ColumnFamilyDescriptor familyDescriptor(String family) {
    ColumnFamilyDescriptorBuilder builder =
        ColumnFamilyDescriptorBuilder.newBuilder(family.getBytes(StandardCharsets.UTF_8));
    if (retention == Retention.EVERYTHING) {
      builder.setMaxVersions(Integer.MAX_VALUE).setKeepDeletedCells(KeepDeletedCells.TRUE);
    }
    return builder.build();
  }
}
