import type { Act } from "#components/forms/types.ts";
import type { Right } from "#lib/requests/types.ts";

/** What can be done about a request, as the app's actions. */
export type RequestActs = {
  askIdentity: Act<unknown>;
  confirmIdentity: Act<unknown>;
  propose: Act<unknown>;
  decide: Act<unknown>;
  sendBack: Act<unknown>;
  withdraw: Act<unknown>;
  close: Act<unknown>;
  extend: Act<unknown>;
};

/** The request as its reader saw it: what a form sends along. */
export type ActedRequest = { id: string; version: number; right: Right };
