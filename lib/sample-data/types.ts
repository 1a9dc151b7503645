/** What there is of the made-up data, in figures. */
export type SampleFigures = {
  people: number;
  logins: number;
  verifications: number;
  /** Days of history, counted up. */
  days: number;
};

/** The made-up data this installation holds. */
export type SampleData = SampleFigures & {
  applicationIds: string[];
  historyFrom: Date;
  historyUntil: Date;
  /** False while it is being made, and when the making was cut off. */
  completed: boolean;
};
