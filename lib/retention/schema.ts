import { z } from "zod";

/** The channel PostgreSQL announces a new version on. */
export const RETENTION_CHANNEL = "retention";

/** The kinds of data whose time can be chosen, in the order in which they are shown. */
export const RETENTION_FIELDS = ["historyDays", "rollupDays", "deliveryDays", "inactivePersonDays"] as const;
export type RetentionField = (typeof RETENTION_FIELDS)[number];

/** The fewest and the most days that may be asked for. */
export const RETENTION_BOUNDS: Record<RetentionField, { least: number; most: number }> = {
  historyDays: { least: 30, most: 3650 },
  rollupDays: { least: 30, most: 3650 },
  deliveryDays: { least: 7, most: 3650 },
  inactivePersonDays: { least: 30, most: 3650 },
};

const days = (field: RetentionField, usual: number) =>
  z.number().int().min(RETENTION_BOUNDS[field].least).max(RETENTION_BOUNDS[field].most).default(usual);

/** How long each kind of data is kept, in days, as stored in a version. */
export const retentionValuesSchema = z
  .object({
    /** Logins, verifications, outcomes and what was reported of them; dropped by whole months. */
    historyDays: days("historyDays", 400),
    /** Counts by minute without any person in them; charts are drawn from these. */
    rollupDays: days("rollupDays", 1826),
    /** What was sent to whom when something happened. */
    deliveryDays: days("deliveryDays", 90),
    /**
     * Who neither logged in nor enrolled for longer is proposed for deletion; null where nobody is. No law sets a number,
     * and a guess of ours must not delete anybody, so somebody has to choose it.
     */
    inactivePersonDays: z
      .number()
      .int()
      .min(RETENTION_BOUNDS.inactivePersonDays.least)
      .max(RETENTION_BOUNDS.inactivePersonDays.most)
      .nullable()
      .default(null),
  })
  .refine(({ historyDays, rollupDays }) => rollupDays >= historyDays, {
    path: ["rollupDays"],
    message: "shorter_than_history",
  });

export type RetentionValues = z.infer<typeof retentionValuesSchema>;

/** What is kept where nobody has chosen. */
export const DEFAULT_RETENTION_VALUES: RetentionValues = retentionValuesSchema.parse({});

/** Why somebody changes it, in their own words. */
export const retentionReasonSchema = z.string().trim().min(1).max(300);
