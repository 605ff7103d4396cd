package io.hrp.producer.api;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What a process is called unless somebody gives it a name. */
final class ThisProcess {
  /** {@code user@host/pid}, cut to what a writer's name may take. */
  static final String NAME = name();

  private ThisProcess() {}

  private static String name() {
    String name =
        System.getProperty("user.name", "unknown")
            + "@"
            + host()
            + "/"
            + ProcessHandle.current().pid();
    // Three bytes of UTF-8 for a char at most.
    return name.substring(0, Math.min(name.length(), PublisherOptions.MAX_WRITER_BYTES / 3));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }
}
