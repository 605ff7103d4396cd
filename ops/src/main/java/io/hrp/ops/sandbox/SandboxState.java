package io.hrp.ops.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the owner of a sandbox wrote down about it, for other processes to read. It is true only
 * while the owner lives.
 *
 * @param ownerPid the process that owns the servers
 * @param startedAtMs when the owner began, in milliseconds since 1970
 * @param bootstrapServers Kafka's address
 * @param servers all of them
 */
public record SandboxState(
    long ownerPid, long startedAtMs, String bootstrapServers, List<Server> servers) {

  /**
   * One server.
   *
   * @param name such as {@code hbase-east}
   * @param pid its process
   * @param processStartMs when that process began, so that a pid used again is not taken for it
   * @param address how clients reach it
   * @param logFile where it writes its log
   */
  public record Server(String name, long pid, long processStartMs, String address, String logFile) {

    static Server of(SandboxServer server) {
      long pid = server.pid();
      return new Server(
          server.name(), pid, startOf(pid), server.address(), server.logFile().toString());
    }

    /** Whether this very process still exists. */
    @JsonIgnore
    public boolean isAlive() {
      return processStartMs != 0 && startOf(pid) == processStartMs;
    }

    /** Kills what an owner left behind, if it is still that process. */
    void killIfAlive() {
      if (isAlive()) {
        ProcessHandle.of(pid)
            .ifPresent(
                handle -> {
                  handle.destroyForcibly();
                  handle.onExit().orTimeout(20, TimeUnit.SECONDS).join();
                });
      }
    }

    private static long startOf(long pid) {
      return ProcessHandle.of(pid)
          .flatMap(handle -> handle.info().startInstant())
          .map(instant -> instant.toEpochMilli())
          .orElse(0L);
    }
  }

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public SandboxState {
    servers = List.copyOf(servers);
  }

  /** What is written in the sandbox directory, if anything is. */
  public static Optional<SandboxState> read(Path directory) {
    Path file = new SandboxFiles(directory).state();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), SandboxState.class));
    } catch (JacksonException cutShort) {
      // Its writer was killed or the disk was full: it says nothing.
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(SandboxFiles files) {
    try {
      Path next = files.state().resolveSibling("state.json.next");
      SandboxFiles.write(next, JSON.writeValueAsString(this));
      Files.move(
          next, files.state(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new DiskFullException(files.directory(), e);
    }
  }
}
