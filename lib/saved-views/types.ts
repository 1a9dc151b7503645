import type { Order, VerificationFilters } from "#lib/verifications/types.ts";

export const LONGEST_NAME = 60;
/** So many a member may keep: a menu is no archive. */
export const MOST_VIEWS = 50;

/** What a view shows. A window stays relative: the view of the last day is of whatever the last day is then. */
export type ViewValues = VerificationFilters & { order: Order };

export type ViewName = { id: string; name: string };

/** A view that was opened by its id; without values where what is stored can no longer be read. */
export type OpenedView = ViewName & { owner: string | null; isOwn: boolean; values: ViewValues | null };

/** Null where no view is open; `missing` where there is none of this id, or no longer. */
export type ViewInPlace = OpenedView | "missing" | null;
