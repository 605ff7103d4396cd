package io.hrp.ops.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Says that a process owns the sandbox of a directory. The kernel lets go of it when the process
 * ends, however it ends, so a lock that is held is the one sure sign of a living owner and a stale
 * one cannot exist.
 */
final class OwnerLock implements AutoCloseable {

  /**
   * Whoever looks for the owner has the lock for a moment; an owner to be waits that out, however
   * slow the machine.
   */
  private static final Duration LOOK = Duration.ofMillis(500);

  private final FileChannel channel;

  private OwnerLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock unless another process, or another sandbox of this one, has it. */
  static Optional<OwnerLock> tryTake(SandboxFiles files) {
    long begin = System.nanoTime();
    try {
      while (true) {
        FileChannel channel =
            FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel)) {
          channel.truncate(0);
          channel.write(
              StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid())));
          return Optional.of(new OwnerLock(channel));
        }
        channel.close();
        if (System.nanoTime() - begin > LOOK.toNanos()) {
          return Optional.empty();
        }
        LockSupport.parkNanos(LOOK.toNanos() / 50);
      }
    } catch (IOException e) {
      throw new DiskFullException(files.directory(), e);
    }
  }

  /** The process that owns the sandbox now, if one does. */
  static Optional<ProcessHandle> holder(SandboxFiles files) {
    if (!Files.exists(files.lock())) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(files.lock(), StandardOpenOption.WRITE)) {
      if (tryLock(channel)) {
        return Optional.empty();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return holderPid(files).flatMap(ProcessHandle::of);
  }

  private static Optional<Long> holderPid(SandboxFiles files) {
    try {
      String pid = Files.readString(files.lock()).strip();
      return pid.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(pid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }
}
