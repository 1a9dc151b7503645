import type { DatabaseOrTransaction } from "#db/client.ts";
import { people } from "#db/schema/people.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { foldCustomId } from "../schema.ts";

/** When those who ask for people ask. */
export const now = new Date("2026-03-13T12:00:00Z");
export const exposure = { exposurePercent: 25, offersEarlyAdopters: false, halted: false };

/** Somebody enrolled with their face at that time, whom the rollout lets in. */
export const personOf = (customId: string, more: Partial<typeof people.$inferInsert> = {}) => ({
  id: newId(),
  customId,
  customIdFolded: foldCustomId(customId),
  status: "enrolled" as const,
  faceEnrolled: true,
  legalBasis: "lgpd_11_i_consent",
  bucket: 10,
  createdAt: now,
  enrolledAt: now,
  ...more,
});

/** Checks something while these people are there. */
export const withPeople = (
  rows: ReturnType<typeof personOf>[],
  check: (tx: DatabaseOrTransaction) => Promise<void>,
): Promise<void> =>
  inRolledBackTransaction(async (tx) => {
    await tx.insert(people).values(rows);
    await check(tx);
  });
