package io.hrp.it.linking;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.it.env.DaemonPlan;
import io.hrp.it.env.Scene;
import io.hrp.it.env.TestTable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.hbase.Cell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A plain service of somebody else's, compiled for Java 11, with each of HBase's clients. */
@Tag("long")
final class ServiceLinkIT {
  private static final int JAVA_11 = 55;

  @RegisterExtension final Scene scene = new Scene();

  @Test
  void eitherOfHBasesClientsPublishesTheCellsOfADirectWrite() throws IOException {
    List<List<TestTable>> written = new ArrayList<>();
    for (String client : List.of("client", "mapreduce")) {
      List<TestTable> tables = List.of(scene.table(), scene.table(), scene.table());
      LinkedProject project = LinkedProject.build("service", client);
      assertThat(classFileVersion(project)).isEqualTo(JAVA_11);
      ChildProgram service =
          project.java(
              "orders",
              jvmArgs(),
              "shop.OrdersService",
              tables.stream().map(table -> table.name().getNameAsString()).toList());
      assertThat(service.awaitExit(Duration.ofMinutes(2)))
          .as(() -> String.join("\n", service.output()))
          .isZero();
      written.add(tables);
    }

    scene.daemon(DaemonPlan.of("d1", scene.east(), scene.west()));
    for (List<TestTable> tables : written) {
      List<Cell> expected = RawCells.of(scene.east().cluster(), tables.get(0).name());
      assertThat(expected).hasSize(1_000);
      for (TestTable table : tables.subList(1, 3)) {
        Outcome.of(scene, table).assertBothPeersHold(expected);
      }
    }
  }

  private static int classFileVersion(LinkedProject project) throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            Files.newInputStream(project.classes().resolve("shop/OrdersService.class")))) {
      in.skipNBytes(6);
      return in.readUnsignedShort();
    }
  }

  private List<String> jvmArgs() {
    List<String> jvmArgs =
        new ArrayList<>(
            List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dhrp.producer.kafka.bootstrap.servers=" + scene.broker().bootstrapServers()));
    scene
        .east()
        .cluster()
        .clientSettings()
        .forEach((key, value) -> jvmArgs.add("-D" + key + "=" + value));
    return jvmArgs;
  }
}
