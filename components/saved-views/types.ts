import type { Act } from "#components/forms/types.ts";

export type ViewActs = { save: Act<{ id: string }>; remove: Act };

/** The view in place, as far as its menu tells of it. */
export type MenuView = { id: string; name: string; owner: string | null; isOwn: boolean; isChanged: boolean };
