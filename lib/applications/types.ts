/** A key that opens the gateway, with what its application may say. */
export type LiveKey = {
  keyId: string;
  hash: string;
  applicationId: string;
  channels: readonly string[];
  /** From when on it no longer does; null while no end is in force. */
  endsAt: Date | null;
};

/** How a live key does: not called with yet, in use, to end, or past its end because its successor was never used. */
export type KeyState = "waiting" | "live" | "ending" | "kept";

/** A live key as the console shows it: never more of it than its last four characters. */
export type ApplicationKey = {
  id: string;
  ending: string;
  state: KeyState;
  createdAt: Date;
  /** The member who made it; null for the system. */
  createdByName: string | null;
  storedAt: Date | null;
  firstUsedAt: Date | null;
  lastUsedAt: Date | null;
  callsLastHour: number;
  /** When it ends by itself; where the successor was never used, when it was to end. */
  endsAt: Date | null;
};

/** What a rotation waits for: the key stored, its first call, 24 hours without a call with the old one, the end. */
export type RotationStep = "store" | "use" | "move" | "end";

/** An application on its way from one key to the next. */
export type Rotation = {
  step: RotationStep;
  old: ApplicationKey;
  successor: ApplicationKey;
  endsAt: Date;
  /** What would go wrong at the end, told from two days before it. */
  warning: "unused" | "still_called" | null;
  /** Whether the old key had no call for 24 hours, so that it can be ended now. */
  mayEnd: boolean;
};

/** What most needs to be said of an application. */
export type Standing = "disabled" | "no_key" | "kept" | "rotating" | "waiting" | "live";

export type Application = {
  id: string;
  name: string;
  channels: string[];
  /** Changes are made on the version they were thought out on. */
  version: number;
  createdAt: Date;
  disabledAt: Date | null;
  standing: Standing;
  /** The live ones, newest first. */
  keys: ApplicationKey[];
  rotation: Rotation | null;
  loginsLastDay: number;
  /** With any key it ever had. */
  lastCallAt: Date | null;
  /** Most calls in one second on one gateway in the last 7 days; null when it did not call. */
  mostPerSecond: number | null;
};

/** Calls with one key in one minute, as one gateway counted them. */
export type KeyUse = {
  keyId: string;
  minute: Date;
  calls: number;
  mostPerSecond: number;
  firstAt: Date;
  lastAt: Date;
};

/** At the moment it is made, and never again: the key itself. */
export type NewKey = { keyId: string; key: string };

/** Days an old key goes on beside its successor. */
export const KEY_END_DAYS = { least: 1, most: 30, usual: 7 } as const;

/** Why a key or an application is stopped; a closed list, because the audit log takes no free text. */
export const REVOKE_REASONS = ["leaked", "lost", "not_needed"] as const;
export const DISABLE_REASONS = ["incident", "maintenance", "retired"] as const;
export type RevokeReason = (typeof REVOKE_REASONS)[number];
export type DisableReason = (typeof DISABLE_REASONS)[number];
