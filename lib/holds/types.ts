import type { legalHolds } from "#db/schema/holds.ts";

export type HoldRow = typeof legalHolds.$inferSelect;

/** `standing_already`: one person is held once. `being_erased`: an erasure has begun that nobody can take back. */
export type PlaceResult =
  | { ok: true; hold: HoldRow }
  | { ok: false; code: "standing_already" | "being_erased" };

export type ReleaseResult =
  | { ok: true; hold: HoldRow }
  | { ok: false; code: "not_found" | "stale_version" | "released_already" | "not_second_person" };
