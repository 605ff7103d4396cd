package io.hrp.producer.api;

import java.util.List;

/** The options are wrong; every problem is listed at once. No publisher was created. */
public final class InvalidOptionsException extends HrpProducerException {
  private final List<String> problems;

  public InvalidOptionsException(List<String> problems) {
    super("invalid options for the publisher: " + String.join("; ", problems), null, false, null);
    this.problems = List.copyOf(problems);
  }

  /** One sentence per problem. */
  public List<String> problems() {
    return problems;
  }
}
