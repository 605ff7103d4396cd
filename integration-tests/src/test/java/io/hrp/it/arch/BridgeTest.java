package io.hrp.it.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.hrp.producer.hbase.HrpConnection;
import org.junit.jupiter.api.Test;

/** What lies outside our own packages. */
final class BridgeTest {
  @Test
  void oneClassAloneLivesInAPackageOfHBases() {
    assertThat(
            new ClassFileImporter()
                .importUrl(HrpConnection.class.getProtectionDomain().getCodeSource().getLocation()))
        .extracting(JavaClass::getName)
        .filteredOn(name -> !name.startsWith("io.hrp."))
        .as("extend HBase's private classes nowhere else: they change without notice")
        .containsExactly("org.apache.hadoop.hbase.client.HrpClusterConnection");
  }
}
