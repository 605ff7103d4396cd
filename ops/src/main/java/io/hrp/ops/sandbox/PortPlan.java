package io.hrp.ops.sandbox;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Which port is for what. Ports picked once are kept in a file and used again, so that a client
 * configured yesterday still finds its server; one that another program has taken since is
 * replaced, unless somebody chose it.
 */
final class PortPlan {

  private final Map<String, Integer> ports;

  private PortPlan(Map<String, Integer> ports) {
    this.ports = ports;
  }

  static PortPlan make(SandboxSpec spec, Path rememberedIn) {
    Map<String, Integer> remembered = read(rememberedIn);
    Map<String, Integer> ports = new TreeMap<>();
    List<String> toPick = new ArrayList<>();
    for (String role : roles(spec)) {
      Integer chosen = spec.ports().get(role);
      Integer before = remembered.get(role);
      if (chosen != null) {
        Ports.requireFree(role, chosen);
        ports.put(role, chosen);
      } else if (before != null && !spec.ports().containsValue(before) && Ports.isFree(before)) {
        ports.put(role, before);
      } else {
        toPick.add(role);
      }
    }
    pick(toPick, ports);
    Map<String, Integer> all = new TreeMap<>(remembered);
    all.putAll(ports);
    write(rememberedIn, all);
    return new PortPlan(ports);
  }

  int port(String role) {
    Integer port = ports.get(role);
    if (port == null) {
      throw new IllegalArgumentException("no port for '" + role + "'");
    }
    return port;
  }

  static String controller() {
    return KafkaProcess.NAME + ".controller";
  }

  static String master(String cluster) {
    return cluster + ".master";
  }

  static String regionServer(String cluster) {
    return cluster + ".regionserver";
  }

  private static List<String> roles(SandboxSpec spec) {
    List<String> roles = new ArrayList<>(List.of(KafkaProcess.NAME, controller()));
    for (String cluster : spec.clusters()) {
      roles.addAll(List.of(cluster, master(cluster), regionServer(cluster)));
    }
    return roles;
  }

  private static void pick(List<String> roles, Map<String, Integer> ports) {
    // As many as could clash more than needed, so that none equals one already given away.
    Iterator<Integer> candidates =
        Ports.free(roles.size() + ports.size()).stream()
            .filter(port -> !ports.containsValue(port))
            .iterator();
    List<Integer> picked = new ArrayList<>();
    candidates.forEachRemaining(picked::add);
    for (int i = 0; i < roles.size(); i++) {
      ports.put(roles.get(i), picked.get(i));
    }
  }

  private static Map<String, Integer> read(Path file) {
    Map<String, Integer> ports = new TreeMap<>();
    if (!Files.exists(file)) {
      return ports;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      for (String role : properties.stringPropertyNames()) {
        ports.put(role, Integer.valueOf(properties.getProperty(role).strip()));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedFileException(file, e);
    }
    return ports;
  }

  private static void write(Path file, Map<String, Integer> ports) {
    StringWriter text = new StringWriter();
    ports.forEach(
        (role, port) -> text.append(role).append('=').append(String.valueOf(port)).append('\n'));
    SandboxFiles.write(file, text.toString());
  }
}
