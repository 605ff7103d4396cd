package io.hrp.consumer.dispatch;

/**
 * How many mutations a call holds while a lane looks for the one that makes calls fail: an eighth
 * at each failure, so that one bad mutation among 2,000 is alone after four failures and some
 * thirty calls; larger again with each success, so that its neighbours do not go one by one.
 * Belongs to one lane.
 */
final class Isolation {
  private static final int DIVISOR = 8;

  private int limit = Integer.MAX_VALUE;

  /** Mutations of the next call. */
  int maxRows(boolean suspects, int usual) {
    return suspects ? Math.min(limit, usual) : usual;
  }

  /** A call of {@code company} failed for good. */
  void failed(int company) {
    limit = Math.max(1, Math.min(company, limit) / DIVISOR);
  }

  void succeeded(boolean suspects) {
    if (suspects) {
      limit = grown(2);
    }
  }

  /** The mutation to blame was found. */
  void resolved() {
    limit = grown(DIVISOR);
  }

  void reset() {
    limit = Integer.MAX_VALUE;
  }

  private int grown(int factor) {
    return (int) Math.min(Integer.MAX_VALUE, (long) limit * factor);
  }
}
