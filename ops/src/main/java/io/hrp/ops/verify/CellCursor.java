package io.hrp.ops.verify;

/** Walks over cells in the order of {@link RawCell}. Used by one thread. */
public interface CellCursor extends AutoCloseable {

  /** Goes to the next cell, at first to the first; whether there is one. */
  boolean advance();

  /** The cell it stands at; only after {@link #advance} has said there is one. */
  RawCell cell();

  /** Lets go of what it reads from. */
  @Override
  void close();
}
