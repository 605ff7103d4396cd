package io.hrp.it.env;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.util.Bytes;

/**
 * Makes mutations of every kind from a seed: puts, deletes of columns, versions, families and rows,
 * and rows of both. They hit few rows and few columns, so that they meet each other. Most cells
 * carry no timestamp; some carry one from the past.
 *
 * <p>One instance belongs to one thread.
 */
public final class RandomMutations {
  /** Some past second: explicit timestamps must not mask what is stamped now. */
  private static final long PAST_MS = 1_600_000_000_000L;

  /** A century: no cell of {@link #PAST_MS} may die while a test looks. */
  private static final long FAR_TTL_MS = 100L * 365 * 24 * 3600 * 1000;

  private static final int QUALIFIERS = 6;

  /** Which kinds there are to choose from. */
  public enum Mix {
    EVERYTHING,
    /**
     * No deletes of whole rows: a region server turns such a delete into markers of the families it
     * has just then, so it leaves fewer on a cluster that lacks one.
     */
    NO_ROW_DELETES
  }

  private final SplittableRandom random;
  private final List<byte[]> families;
  private final int rows;
  private final Mix mix;

  /** A source of mutations of every kind; see the other constructor. */
  public RandomMutations(long seed, List<String> families, int rows) {
    this(seed, families, rows, Mix.EVERYTHING);
  }

  /**
   * A source of mutations.
   *
   * @param families those of the table
   * @param rows how many rows there are to hit
   */
  public RandomMutations(long seed, List<String> families, int rows, Mix mix) {
    this.random = new SplittableRandom(seed);
    this.families = families.stream().map(Bytes::toBytes).toList();
    this.rows = rows;
    this.mix = mix;
  }

  /** The row of that number; rows spread over the whole key space. */
  public static byte[] row(int number) {
    // A fixed odd factor turns neighbours into strangers, so that every region gets its share.
    int spread = number * 0x9E3779B1;
    return Bytes.add(Bytes.toBytes(spread), Bytes.toBytes("-" + number));
  }

  /** The next mutation: a Put, a Delete or RowMutations. */
  public Row next() {
    byte[] row = row(random.nextInt(rows));
    int dice = random.nextInt(100);
    if (dice < 60) {
      return put(row);
    } else if (dice < 85) {
      return delete(row);
    } else {
      return mixed(row);
    }
  }

  private Put put(byte[] row) {
    Put put = new Put(row);
    int cells = 1 + random.nextInt(4);
    for (int i = 0; i < cells; i++) {
      addValue(put, random.nextInt(QUALIFIERS));
    }
    if (random.nextInt(10) == 0) {
      put.setTTL(FAR_TTL_MS);
    }
    return put;
  }

  private void addValue(Put put, int qualifier) {
    if (random.nextInt(8) == 0) {
      put.addColumn(family(), qualifier(qualifier), pastTimestamp(), value());
    } else {
      put.addColumn(family(), qualifier(qualifier), value());
    }
  }

  private Delete delete(byte[] row) {
    Delete delete = new Delete(row);
    return switch (random.nextInt(6)) {
      case 0 -> mix == Mix.NO_ROW_DELETES ? delete.addFamily(family()) : delete;
      case 1 -> delete.addFamily(family());
      case 2 -> delete.addFamilyVersion(family(), pastTimestamp());
      case 3 -> delete.addColumn(family(), someQualifier(), pastTimestamp());
      case 4 -> delete.addColumns(family(), someQualifier(), pastTimestamp());
      default -> delete.addColumns(family(), someQualifier()).addColumns(family(), someQualifier());
    };
  }

  /** A delete and puts; the puts use other columns, for at one timestamp the delete would win. */
  private RowMutations mixed(byte[] row) {
    int deleted = random.nextInt(QUALIFIERS);
    Delete delete = new Delete(row).addColumns(family(), qualifier(deleted));
    Put put = new Put(row);
    for (int i = 1; i <= 3; i++) {
      put.addColumn(family(), qualifier((deleted + i) % QUALIFIERS), value());
    }
    try {
      return RowMutations.of(random.nextBoolean() ? List.of(delete, put) : List.of(put, delete));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] family() {
    return families.get(random.nextInt(families.size()));
  }

  private byte[] someQualifier() {
    return qualifier(random.nextInt(QUALIFIERS));
  }

  /** The first qualifier is the empty one, which HBase allows. */
  private static byte[] qualifier(int number) {
    return number == 0 ? new byte[0] : Bytes.toBytes("q" + number);
  }

  private long pastTimestamp() {
    return PAST_MS + random.nextInt(1_000);
  }

  private byte[] value() {
    byte[] value = new byte[random.nextInt(60)];
    random.nextBytes(value);
    return value;
  }
}
