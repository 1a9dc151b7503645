import type { Act } from "#components/forms/types.ts";

/** What came of a change: confirmed by Unleash, or asked and read back until it is known. */
export type ChangeDone = { isConfirmed: boolean };

/** A line of the dialog: what it is, now, and then where that is another. */
export type ApprovedLine = { name: string; isCode?: boolean; now: string; later: string | null };

/** Everything a dialog about a change says, put together on the server. */
export type ChangeWords = {
  opener: string;
  title: string;
  text: string;
  keep: string;
  submit: string;
  busy: string;
  /** What was done, in the toast. */
  done: string;
  /** What it means, in figures. */
  facts: { name: string; value: string }[];
  lines: ApprovedLine[];
};

/** One change that can be made: seen in this version, approved to the digest of exactly what it does. */
export type OfferedChange = {
  kind: "start" | "advance" | "hold" | "resume" | "finish" | "back" | "off";
  words: ChangeWords;
  about: { version: number; digest: string; to?: string };
  act: Act<ChangeDone>;
};
