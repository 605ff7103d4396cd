package io.hrp.ops.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where commands write. Results go to standard output, everything else to standard error.
 * Thread-safe by line.
 */
public final class Console {

  /**
   * The width of the terminal that standard error shows on, if it does. Set by {@code ./hrp},
   * because Java 17 can ask neither.
   */
  private static final String TERMINAL_VARIABLE = "HRP_TERMINAL_COLUMNS";

  private static final int DEFAULT_COLUMNS = 100;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final PrintStream out;
  private final PrintStream err;
  private final InputStream answers;
  private final int terminalColumns;

  /**
   * A console over two streams.
   *
   * @param answers what is typed, asked for only where there is a terminal
   * @param terminalColumns width of the terminal that standard error shows on, 0 if it shows on
   *     none
   */
  public Console(PrintStream out, PrintStream err, InputStream answers, int terminalColumns) {
    this.out = Objects.requireNonNull(out, "out");
    this.err = Objects.requireNonNull(err, "err");
    this.answers = Objects.requireNonNull(answers, "answers");
    this.terminalColumns = terminalColumns;
  }

  /** As above, where nobody answers. */
  public Console(PrintStream out, PrintStream err, int terminalColumns) {
    this(out, err, InputStream.nullInputStream(), terminalColumns);
  }

  /** The streams of this process, in UTF-8 whatever the locale says. */
  public static Console ofProcess() {
    return new Console(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        System.in,
        columns(System.getenv(TERMINAL_VARIABLE)));
  }

  private static int columns(@Nullable String given) {
    if (given == null || given.isBlank()) {
      return 0;
    }
    return given.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(given) : DEFAULT_COLUMNS;
  }

  /** Writes a line of the result. */
  public void result(String line) {
    out.println(line);
  }

  /** Writes a line that is not part of the result: progress, hints, errors. */
  public void notice(String line) {
    err.println(line);
  }

  /** Writes the result in the format asked for: {@code value} as JSON, or the table. */
  public void result(OutputFormat format, Object value, Supplier<TextTable> table) {
    if (format == OutputFormat.TABLE) {
      table.get().lines().forEach(out::println);
      return;
    }
    json(value);
  }

  /** Writes the result as one JSON document. */
  public void json(Object value) {
    try {
      out.println(JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot show " + value.getClass() + " as JSON", e);
    }
  }

  /**
   * Asks whoever sits at the terminal that standard error shows on; empty if it shows on none, or
   * if standard input ends before an answer.
   */
  public Optional<String> ask(String question) {
    if (terminalColumns == 0) {
      return Optional.empty();
    }
    err.print(question);
    err.flush();
    try {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8));
      return Optional.ofNullable(lines.readLine());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Width of the terminal that standard error shows on, where a line can be written over; 0 if it
   * shows on none.
   */
  public int terminalColumns() {
    return terminalColumns;
  }

  /** Standard output, for what writes more than lines. */
  public PrintStream out() {
    return out;
  }

  /** Standard error, for what writes more than lines. */
  public PrintStream err() {
    return err;
  }
}
