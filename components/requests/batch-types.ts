import type { Act } from "#components/forms/types.ts";
import type { Due } from "#lib/deadlines/types.ts";
import type { ActionResult } from "#lib/errors.ts";
import type { Batch, BatchRefusal } from "#lib/request-batches/types.ts";

/** What can be done with a list; made by the app and handed down. */
export type BatchActs = Record<"assess" | "approve" | "withdraw" | "pause" | "resume" | "pace", Act<null>> & {
  download(input: { batchId: string }): Promise<ActionResult<{ name: string; text: string }>>;
};

/** What the rail of a list's page tells. */
export type BatchFacts = {
  batch: Batch;
  due: Due;
  /** Members by their ids. */
  names: Record<string, string>;
  viewerId: string;
  delayHours: number;
  peoplePerMinute: number;
  mostPerMinute: number;
  mayAssess: boolean;
  isOpen: boolean;
  isExpired: boolean;
  approvalLock: Extract<BatchRefusal, "not_second_person" | "preview_changed" | "approval_expired"> | null;
};
