export type BarSeries<Key extends string> = { key: Key; name: string; colour: string };

export type BarRow<Key extends string> = {
  key: string;
  /** On the axis. */
  tick: string;
  /** In full, in the table. */
  name: string;
  cells: Record<Key, number>;
};
