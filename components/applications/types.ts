import type { Act } from "#components/forms/types.ts";
import type { Application, ApplicationKey, NewKey } from "#lib/applications/types.ts";

/** What may be done to applications and their keys, made by the app and handed down. */
export type ApplicationActs = {
  create: Act<NewKey & { applicationId: string }>;
  makeKey: Act<NewKey & { applicationId: string }>;
  confirmStored: Act;
  moveEnd: Act;
  endKey: Act;
  revokeKey: Act;
  change: Act;
  disable: Act;
  enable: Act;
};

/** The application a part of the page is about, and what may be done to it; null for a reader. */
export type OfApplication = { application: Application; acts: ApplicationActs | null };

export type OfKey = OfApplication & { of: ApplicationKey };
