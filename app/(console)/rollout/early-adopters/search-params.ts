import { z } from "zod";
import type { AdopterCursor } from "#lib/early-adopters/types.ts";

const place = z.coerce.number().int().min(1).nullable().catch(null);
const searchSchema = z.object({ older: place, newer: place });

/** From which row on the list goes, and which way; whatever is no row means the newest. */
export function parseCursor(raw: unknown): AdopterCursor | null {
  const { older, newer } = searchSchema.parse(raw);
  if (older !== null) return { place: older, direction: "older" };
  return newer === null ? null : { place: newer, direction: "newer" };
}

export const hrefOf = ({ place: at, direction }: AdopterCursor): string =>
  `/rollout/early-adopters?${direction}=${at}`;
