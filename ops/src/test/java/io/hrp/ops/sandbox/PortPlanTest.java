package io.hrp.ops.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PortPlanTest {

  private final Path directory;

  PortPlanTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void picksTheSamePortsAgain() {
    SandboxSpec spec = SandboxSpec.in(directory);
    PortPlan first = plan(spec);
    PortPlan second = plan(spec);

    assertThat(ports(second)).isEqualTo(ports(first)).doesNotHaveDuplicates();
  }

  @Test
  void replacesARememberedPortThatIsTaken() throws IOException {
    SandboxSpec spec = SandboxSpec.in(directory);
    int before = plan(spec).port("kafka");

    try (ServerSocket other = new ServerSocket(before, 1, InetAddress.getLoopbackAddress())) {
      assertThat(plan(spec).port("kafka")).isNotEqualTo(other.getLocalPort());
    }
  }

  @Test
  void takesAChosenPortAndRefusesOneInUse() throws IOException {
    int chosen = Ports.free(1).get(0);
    SandboxSpec spec = SandboxSpec.in(directory).withPorts(Map.of("east", chosen));

    assertThat(plan(spec).port("east")).isEqualTo(chosen);
    try (ServerSocket other = new ServerSocket(chosen, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      assertThatThrownBy(() -> plan(spec))
          .isInstanceOf(PortInUseException.class)
          .hasMessage(
              "port %d for east is in use: stop the program that listens on it or choose another port"
                  .formatted(chosen));
    }
  }

  @ParameterizedTest
  @MethodSource
  void namesAFileThatIsDamaged(byte[] content) throws IOException {
    Path file = Files.write(directory.resolve("ports.properties"), content);

    assertThatThrownBy(() -> plan(SandboxSpec.in(directory)))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining(file.toString());
  }

  static List<byte[]> namesAFileThatIsDamaged() {
    return List.of(
        "east=notaport".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xff, (byte) 0xfe});
  }

  private PortPlan plan(SandboxSpec spec) {
    return PortPlan.make(spec, directory.resolve("ports.properties"));
  }

  private static List<Integer> ports(PortPlan plan) {
    return List.of(
        plan.port("kafka"),
        plan.port(PortPlan.controller()),
        plan.port("east"),
        plan.port(PortPlan.master("east")),
        plan.port(PortPlan.regionServer("east")),
        plan.port("west"),
        plan.port(PortPlan.master("west")),
        plan.port(PortPlan.regionServer("west")));
  }
}
