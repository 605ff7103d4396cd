package io.hrp.ops.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Ports of the loopback address. */
final class Ports {

  private Ports() {}

  /**
   * Different ports nobody listens on right now; all are probed before the first is let go, so that
   * none comes twice.
   */
  static List<Integer> free(int count) {
    List<ServerSocket> probes = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        probes.add(bind(0));
      }
      return probes.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      probes.forEach(Ports::close);
    }
  }

  static boolean isFree(int port) {
    try (ServerSocket probe = bind(port)) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  static void requireFree(String server, int port) {
    if (!isFree(port)) {
      throw new PortInUseException(server, port);
    }
  }

  static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      // A port whose last connections are still winding down counts as free: the servers bind the
      // same way.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
