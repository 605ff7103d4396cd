package io.hrp.control;

import static java.util.Objects.requireNonNull;

import io.hrp.wire.TableId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key of a control record: a scope, an attribute and, for discard intervals, a number. People
 * read these keys with any Kafka tool: {@code peer/east/table/default:orders/pause}.
 *
 * <p>Immutable. Equal when the texts are.
 */
public final class ControlKey {
  private final Scope scope;
  private final ControlAttribute attribute;
  private final int number;
  private final String text;

  private ControlKey(Scope scope, ControlAttribute attribute, int number) {
    this.scope = requireNonNull(scope, "scope");
    this.attribute = requireNonNull(attribute, "attribute");
    this.number = number;
    this.text =
        scope.text() + "/" + attribute.text() + (number > 0 ? "/" + Integer.toString(number) : "");
  }

  static ControlKey of(Scope scope, ControlAttribute attribute) {
    return new ControlKey(scope, attribute, 0);
  }

  static ControlKey discard(Scope scope, int number) {
    if (number < 1) {
      throw new IllegalArgumentException("intervals are numbered from 1, got " + number);
    }
    return new ControlKey(scope, ControlAttribute.DISCARD, number);
  }

  /** Reads a key's text; empty if any part of it is not known to this program. */
  public static Optional<ControlKey> parse(String text) {
    Cursor cursor = new Cursor(text);
    Optional<Scope> scope = cursor.scope();
    if (scope.isEmpty()) {
      return Optional.empty();
    }
    Optional<ControlAttribute> attribute = ControlAttribute.ofText(cursor.next());
    if (attribute.isEmpty()) {
      return Optional.empty();
    }
    int number = 0;
    if (attribute.get() == ControlAttribute.DISCARD) {
      number = positiveInt(cursor.next());
      if (number < 1) {
        return Optional.empty();
      }
    }
    ControlKey key = new ControlKey(scope.get(), attribute.get(), number);
    return key.text.equals(text) ? Optional.of(key) : Optional.empty();
  }

  /**
   * What a key speaks of, also when its attribute is not known to this program; empty if the scope
   * itself cannot be read.
   */
  public static Optional<Scope> scopeOf(String text) {
    return new Cursor(text).scope();
  }

  public Scope scope() {
    return scope;
  }

  ControlAttribute attribute() {
    return attribute;
  }

  /** The number of a discard interval, from 1; 0 for every other attribute. */
  public int number() {
    return number;
  }

  /** As it stands in the topic. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ControlKey && text.equals(((ControlKey) other).text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static int positiveInt(String digits) {
    if (digits.isEmpty()
        || digits.length() > 9
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    return Integer.parseInt(digits);
  }

  /** Walks over the parts between slashes. */
  private static final class Cursor {
    private final String[] parts;
    private int at;

    Cursor(String text) {
      this.parts = requireNonNull(text, "text").split("/", -1);
    }

    /** The next part, or the empty text at the end. */
    String next() {
      return at < parts.length ? parts[at++] : "";
    }

    private Optional<String> valueAfter(String label) {
      if (at + 1 < parts.length && parts[at].equals(label)) {
        at += 2;
        return Optional.of(parts[at - 1]);
      }
      return Optional.empty();
    }

    Optional<Scope> scope() {
      Optional<String> peer = valueAfter("peer");
      Optional<String> table = valueAfter("table");
      Optional<String> family = valueAfter("family");
      if (peer.isEmpty() && table.isEmpty()) {
        return Optional.empty();
      }
      try {
        Scope scope =
            table.isEmpty()
                ? Scope.ofPeer(peer.orElseThrow())
                : ofTable(peer, TableId.parse(table.get()));
        return Optional.of(family.isPresent() ? scope.family(family.get()) : scope);
      } catch (IllegalArgumentException | IllegalStateException e) {
        return Optional.empty();
      }
    }

    private static Scope ofTable(Optional<String> peer, TableId table) {
      return peer.isPresent() ? Scope.of(peer.get(), table) : Scope.ofTable(table);
    }
  }
}
