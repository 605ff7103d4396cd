package io.hrp.it.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system of a few megabytes, to be filled. Tests are skipped where none can be mounted. */
final class SmallDisk implements AutoCloseable {
  private final Path root;

  private SmallDisk(Path root) {
    this.root = root;
  }

  static SmallDisk mount(Path at, int megabytes) throws IOException {
    Files.createDirectories(at);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", at.toString()) == 0,
        "this machine does not let the test mount a small file system to be filled");
    return new SmallDisk(at);
  }

  Path root() {
    return root;
  }

  /** Writes until nothing more fits. */
  void fill() {
    byte[] block = new byte[64 << 10];
    for (int length : new int[] {block.length, 1}) {
      // The second file takes what is left of the last page.
      try (OutputStream out = Files.newOutputStream(root.resolve("filler-" + length))) {
        while (true) {
          out.write(block, 0, length);
        }
      } catch (IOException full) {
        // That is the aim.
      }
    }
  }

  @Override
  public void close() throws IOException {
    // Whatever of a killed server is still about keeps its files, and so the file system, for a
    // moment.
    run("umount", "--lazy", root.toString());
  }

  private static int run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }
}
