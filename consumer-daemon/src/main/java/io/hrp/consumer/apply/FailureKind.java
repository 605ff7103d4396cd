package io.hrp.consumer.apply;

/** What a failure calls for. What it leads to is decided by {@code io.hrp.consumer.retry} alone. */
public enum FailureKind {
  /** The same mutation may succeed if sent again unchanged. */
  RETRIABLE,
  /** Someone has to mend the target first; the table is parked and resumes once that is done. */
  OPERATORS,
  /** This record can never be applied, whatever is done to the target. */
  POISON,
  /** Nothing is known about this failure, so the record is neither dropped nor dead-lettered. */
  UNKNOWN
}
