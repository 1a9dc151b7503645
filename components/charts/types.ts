export type BarSeries<Key extends string> = { key: Key; name: string; colour: string };

export type BarRow<Key extends string> = {
  key: string;
  /** On the axis. */
  tick: string;
  /** In full, in the table. */
  name: string;
  /** Null where the row may not be told. */
  cells: Record<Key, number> | null;
};
