package io.hrp.ops.sandbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Parts of text files that somebody else is writing. */
final class FilePart {

  private FilePart() {}

  /** The size in bytes, 0 if there is no such file yet. */
  static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes from {@code from} up to {@code to} as text. */
  static String read(Path file, long from, long to) {
    if (from >= to) {
      return "";
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(from);
      byte[] bytes = new byte[Math.toIntExact(to - from)];
      in.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** At most the last {@code maxBytes} of the file as text. */
  static String tail(Path file, int maxBytes) {
    long size = size(file);
    return read(file, Math.max(0, size - maxBytes), size);
  }
}
