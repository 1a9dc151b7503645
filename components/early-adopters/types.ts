import type { Act } from "#components/forms/types.ts";
import type { AdopterReport, AskedAdopter } from "#lib/early-adopters/types.ts";
import type { ActionResult } from "#lib/errors.ts";

export type AskAct = (input: { customId: string }) => Promise<ActionResult<AskedAdopter>>;
export type AddAct = (input: { customIds: string[] }) => Promise<ActionResult<AdopterReport>>;
export type RemoveAct = Act<{ removed: number }>;

/** Of those who may change the list alone; null for everybody else. */
export type ChangeActs = { add: AddAct; remove: RemoveAct };
