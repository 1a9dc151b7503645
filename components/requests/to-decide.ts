import type { InboxRow } from "#lib/inbox/types.ts";

/** Whether a request waits for the decision of whoever looks at it. */
export const isToDecide = ({ state, next }: Pick<InboxRow, "state" | "next">): boolean =>
  state === "awaiting_approval" && next?.by === "members" && next.isYou;
