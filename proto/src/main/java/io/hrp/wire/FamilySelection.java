package io.hrp.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which column families of a mutation to keep: all, only some, or all but some.
 *
 * <p>Immutable and safe for use by any thread.
 */
public final class FamilySelection {
  /** Keeps every family, also those created later. */
  public static final FamilySelection ALL = new FamilySelection(true, Set.of());

  private final boolean isExclusion;
  private final Set<String> names;
  private final byte[][] families;

  private FamilySelection(boolean isExclusion, Collection<String> names) {
    this.isExclusion = isExclusion;
    this.names = Set.copyOf(names);
    this.families =
        new TreeSet<>(names)
            .stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }

  /** Keeps the named families (as UTF-8) and no other; an empty collection keeps nothing. */
  public static FamilySelection only(Collection<String> names) {
    return new FamilySelection(false, names);
  }

  /** Keeps all families but the named (as UTF-8); {@link #ALL} if none is named. */
  public static FamilySelection allExcept(Collection<String> names) {
    return names.isEmpty() ? ALL : new FamilySelection(true, names);
  }

  /** Whether this keeps every family there could be. */
  public boolean isAll() {
    return isExclusion && families.length == 0;
  }

  /** Whether the family is kept. */
  public boolean keeps(byte[] family) {
    return keeps(family, 0, family.length);
  }

  boolean keeps(byte[] array, int offset, int length) {
    for (byte[] family : families) {
      if (Arrays.equals(array, offset, offset + length, family, 0, family.length)) {
        return !isExclusion;
      }
    }
    return isExclusion;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FamilySelection
        && isExclusion == ((FamilySelection) other).isExclusion
        && names.equals(((FamilySelection) other).names);
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + Boolean.hashCode(isExclusion);
  }

  @Override
  public String toString() {
    return isAll()
        ? "all families"
        : (isExclusion ? "all families but " : "only families ") + names;
  }
}
