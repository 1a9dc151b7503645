import { timestamp } from "drizzle-orm/pg-core";

/** A point in time in UTC, read as a Date; millisecond precision, so that a value survives the way through JSON. */
export const timestamptz = (name: string) =>
  timestamp(name, { withTimezone: true, mode: "date", precision: 3 });
