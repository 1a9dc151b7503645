import type { Part, TroubleCause } from "#lib/incidents/schema.ts";
import type { Composers } from "./types.ts";

const NAMES: Record<Part, string> = {
  api: "The Multibiometrics API",
  gateways: "The gateway",
  unleash: "Unleash",
  database: "PostgreSQL",
  worker: "The worker",
};

const CAUSES: Record<TroubleCause, string> = {
  unauthorized: "refuses our key. Compare it with the provider's panel, or set the second key.",
  quota_exhausted: "says that the plan's volume is used up. Raise it at the provider.",
  rate_limited: "says that we call too often. Ask the provider for a higher limit.",
  endpoint_missing: "does not know a call we make. Check the address it is configured with.",
  server_error: "fails with an error of its own. Nothing to mend on our side; send the provider the times.",
  timed_out: "does not answer in time.",
  unreachable: "cannot be reached. Check the network, its name and whether it runs.",
  answer_unreadable:
    "answers what cannot be read. Look whether something stands between, and ask the provider.",
  answer_unexpected: "answers otherwise than it should. Ask whoever runs it what changed.",
  slow: "answers slowly.",
  silent: "has fallen silent. See to its process and its log.",
};

const COST: Partial<Record<Part, string>> = {
  api: "People who cannot be verified are sent to their password.",
  gateways: "Applications go on with the old login.",
  database: "Logins go on with what gateways have in memory, and are recorded when it is back.",
};

type HealthEvent = "incident.opened" | "incident.closed" | "circuit.held" | "circuit.given_back";

/** What is said of incidents, and of the circuit's hand switch. */
export const ENGLISH_HEALTH: Pick<Composers, HealthEvent> = {
  "circuit.held": ({ until }, { time }) => ({
    subject: "Calls of the Multibiometrics API are stopped by hand",
    lines: [
      `An administrator holds the circuit of every gateway open until ${time(until)}.`,
      "No gateway calls the API until then, and logins go to the password. Service health says why.",
    ],
  }),
  "circuit.given_back": () => ({
    subject: "The Multibiometrics API is called again",
    lines: ["An administrator gave the circuit back before its time; gateways call the API again."],
  }),
  "incident.opened": ({ part, causes, operations, since }, { time }) => ({
    subject: `${NAMES[part]} is in trouble`,
    lines: [
      ...causes.map((cause) => `${NAMES[part]} ${CAUSES[cause]}`),
      ...(operations.length === 0 ? [] : [`Calls that fail: ${operations.join(", ")}.`]),
      ...(COST[part] === undefined ? [] : [COST[part]]),
      `Seen since ${time(since)}. Service health follows it.`,
    ],
  }),
  "incident.closed": ({ part, since, until, logins, people }, { number, time }) => ({
    subject: `${NAMES[part]} works again`,
    lines: [
      `The trouble lasted from ${time(since)} to ${time(until)}.`,
      logins === 0
        ? "No login is known to have gone to the password because of it."
        : `Logins that went to the password because of it so far: ${number(logins)}, of ${number(people)} people.`,
    ],
  }),
};
