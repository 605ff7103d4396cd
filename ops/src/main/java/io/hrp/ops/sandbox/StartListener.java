package io.hrp.ops.sandbox;

import java.time.Duration;

/** Is told how the start of the servers goes. Called from several threads at once. */
public interface StartListener {

  /** Hears nothing. */
  StartListener SILENT =
      new StartListener() {
        @Override
        public void starting(String server) {}

        @Override
        public void ready(SandboxServer server, Duration took) {}
      };

  /** The process of this server is about to be started. */
  void starting(String server);

  /** The server answers. */
  void ready(SandboxServer server, Duration took);
}
