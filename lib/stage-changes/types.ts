/** A stage gave way to another: the last moment that was surely the old one, and the first that was surely the new. */
export type StageChange = {
  from: number;
  to: number;
  endsAt: Date;
  beginsAt: Date;
};
