package io.hrp.ops.sandbox;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a server has written to its log file since it was started. Readiness is read off here,
 * because the log line says that the server itself holds its start for done, while an open port
 * says only that it has begun. Not thread-safe.
 */
final class ServerLog {

  private static final Pattern ERROR_LINE =
      Pattern.compile(
          "^(\\S+ )?(\\S+ )?(ERROR|FATAL)\\b.*|^(Exception in thread|Error:|Error occurred|Caused by:).*");

  /** Enough for every stack trace of one failed start. */
  private static final int TAIL_BYTES = 256 * 1024;

  private final Path file;
  private final Path output;
  private final String readyMark;
  private long position;
  private String unfinishedLine = "";

  /**
   * @param file the log file; lines already in it belong to an earlier run
   * @param output standard output and error, where the JVM itself complains
   * @param readyMark the text of the line that says the server is ready
   */
  ServerLog(Path file, Path output, String readyMark) {
    this.file = Objects.requireNonNull(file, "file");
    this.output = Objects.requireNonNull(output, "output");
    this.readyMark = Objects.requireNonNull(readyMark, "readyMark");
    this.position = FilePart.size(file);
  }

  Path file() {
    return file;
  }

  /** Reads on; whether the line that says "ready" has come. */
  boolean saysReady() {
    String text = unfinishedLine + readOn();
    int lastLineEnd = text.lastIndexOf('\n');
    unfinishedLine = text.substring(lastLineEnd + 1);
    return text.contains(readyMark);
  }

  /** The last line of this run that tells of an error, or an empty string. */
  String lastErrorLine() {
    String inLog = lastErrorLine(FilePart.tail(file, TAIL_BYTES));
    return inLog.isEmpty() ? lastErrorLine(FilePart.tail(output, TAIL_BYTES)) : inLog;
  }

  static String lastErrorLine(String text) {
    return text.lines()
        .filter(line -> ERROR_LINE.matcher(line).matches())
        .reduce("", (before, line) -> line);
  }

  private String readOn() {
    long size = FilePart.size(file);
    if (size < position) {
      position = 0; // the log was rotated
    }
    String text = FilePart.read(file, position, size);
    position = size;
    return text;
  }
}
