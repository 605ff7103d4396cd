package io.hrp.ops.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Says that a process owns the sandbox of a directory. The kernel lets go of it when the process
 * ends, however it ends, so a lock that is held is the one sure sign of a living owner and a stale
 * one cannot exist.
 */
final class OwnerLock implements AutoCloseable {

  private final FileChannel channel;

  private OwnerLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock unless another process, or another sandbox of this one, has it. */
  static Optional<OwnerLock> tryTake(SandboxFiles files) {
    Path file = files.lock();
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel)) {
        channel.truncate(0);
        channel.write(
            StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid())));
        return Optional.of(new OwnerLock(channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw new DiskFullException(files.directory(), e);
    }
  }

  /** The process that owns the sandbox now, if one does. */
  static Optional<ProcessHandle> holder(SandboxFiles files) {
    if (!Files.exists(files.lock())) {
      return Optional.empty();
    }
    Optional<OwnerLock> taken = tryTake(files);
    taken.ifPresent(OwnerLock::close);
    return taken.isPresent() ? Optional.empty() : holderPid(files).flatMap(ProcessHandle::of);
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
