package io.hrp.producer.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options are wrong; every problem is listed at once. No publisher was created. */
public final class InvalidOptionsException extends HrpProducerException {
  private final List<String> problems;

  public InvalidOptionsException(List<String> problems) {
    this(problems, null);
  }

  /** For a problem that has a cause of its own. */
  public InvalidOptionsException(List<String> problems, @Nullable Throwable cause) {
    super("invalid options for the publisher: " + String.join("; ", problems), null, false, cause);
    this.problems = List.copyOf(problems);
  }

  /** One sentence per problem. */
  public List<String> problems() {
    return problems;
  }
}
