package io.hrp.ops.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Starts a {@link Supervisor} and follows it until its servers answer. */
public final class SupervisorStart {

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final long POLL_MS = 50;

  /**
   * How a start ended.
   *
   * @param exitStatus 0 if the servers run, else what the supervisor ended with
   * @param message why, in one line; empty if they run
   */
  public record Outcome(int exitStatus, String message) {
    public Outcome {
      Objects.requireNonNull(message, "message");
    }
  }

  /** Is told how the start goes, on the thread that waits. */
  public interface Steps {
    /** The server has been starting for this long. */
    void waiting(String server, long seconds);

    /** The server answers. */
    void ready(String server, double seconds, String address);
  }

  private final Supervisor supervisor;

  private SupervisorStart(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  /** A start of this supervisor. */
  public static SupervisorStart of(Supervisor supervisor) {
    return new SupervisorStart(Objects.requireNonNull(supervisor, "supervisor"));
  }

  /**
   * Starts the supervisor and waits until all servers answer or it has ended. If this process is
   * ended meanwhile, the supervisor is ended too.
   *
   * @param arguments the command line that leads to {@link Supervisor#own}
   */
  public Outcome launch(List<String> arguments, Steps steps) throws InterruptedException {
    Path output = supervisor.ownOutput();
    Process process = supervisor.launch(arguments, output);
    Thread endWithUs = new Thread(process::destroy, "hrp-sandbox-start-cancelled");
    Runtime.getRuntime().addShutdownHook(endWithUs);
    Outcome outcome = follow(process, output, steps);
    Runtime.getRuntime().removeShutdownHook(endWithUs);
    keep(output, outcome);
    return outcome;
  }

  /** Leaves what was printed for whoever looks for the reason, unless another command was first. */
  private void keep(Path output, Outcome outcome) {
    try {
      if (outcome.exitStatus() != 0 && supervisor.process().isPresent()) {
        Files.deleteIfExists(output);
      } else {
        Files.move(output, supervisor.output(), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the sandbox that another process is starting answers. */
  public void awaitOther() throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (supervisor.process().isPresent()) {
      if (supervisor.state().isPresent()) {
        return;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new ServerFailedException(
            Supervisor.NAME,
            "was not ready within " + LIMIT.toMinutes() + " minutes",
            supervisor.output(),
            "");
      }
      Thread.sleep(POLL_MS);
    }
    throw new ServerFailedException(
        Supervisor.NAME,
        "started by another command has ended",
        supervisor.output(),
        lastLine(printed(supervisor.output())));
  }

  private static Outcome follow(Process process, Path output, Steps steps)
      throws InterruptedException {
    Map<String, Long> startedAt = new TreeMap<>();
    int linesSeen = 0;
    while (true) {
      boolean alive = process.isAlive();
      List<String> lines = printed(output);
      for (String line : lines.subList(linesSeen, lines.size())) {
        if (line.equals(Supervisor.ProgressLines.UP)) {
          return new Outcome(0, "");
        }
        tell(line, startedAt, steps);
      }
      linesSeen = lines.size();
      startedAt.forEach(
          (server, at) -> steps.waiting(server, (System.nanoTime() - at) / 1_000_000_000L));
      if (!alive) {
        return new Outcome(process.exitValue(), lastLine(lines).replaceFirst("^hrp: ", ""));
      }
      Thread.sleep(POLL_MS);
    }
  }

  private static void tell(String line, Map<String, Long> startedAt, Steps steps) {
    String[] words = line.split(" ", 4);
    if (words[0].equals("starting") && words.length == 2) {
      startedAt.put(words[1], System.nanoTime());
    } else if (words[0].equals("ready") && words.length == 4) {
      startedAt.remove(words[1]);
      steps.ready(words[1], Long.parseLong(words[2]) / 1000.0, words[3]);
    }
  }

  /** The finished lines the supervisor has printed. */
  private static List<String> printed(Path output) {
    try {
      if (!Files.exists(output)) {
        return List.of();
      }
      String text = Files.readString(output, StandardCharsets.UTF_8);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lastLine(List<String> lines) {
    return lines.isEmpty() ? "it printed nothing" : lines.get(lines.size() - 1);
  }
}
