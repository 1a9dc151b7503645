import type { DenialGround } from "#lib/requests/types.ts";

/**
 * How far a right reaches into a record held on its basis. `whole`: all of it. `unneeded`: what is unnecessary, excessive
 * or held against the law, and no more. `no_consent`: there is no consent that could be taken back.
 */
export type Reach = "whole" | "unneeded" | "no_consent";

export type Ground = {
  /** The law and article by which the data goes, as a preview and a letter name it. */
  article: string;
  reach: Reach;
  /** On what the company usually keeps the rest, and denies; null where nothing of the kind is known. */
  keptFor: DenialGround | null;
};
