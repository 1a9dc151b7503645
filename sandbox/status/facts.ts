import { type EndpointName, endpointNames } from "../endpoints/endpoint.ts";
import type { FaultPlan } from "../faults.ts";
import type { HeldCounts } from "../person-store.ts";
import { defaultSettings, type SandboxSettings } from "../settings.ts";

/** Answers of one endpoint since the start: worked, refused by the API or its gateway, failed or without an answer. */
export type CallCounts = { worked: number; refused: number; failed: number };

/** Everything the sandbox tells of itself. Counts and switches, never an id, a template or a picture. */
export type StatusFacts = {
  startedAt: Date;
  held: HeldCounts;
  calls: Record<EndpointName, CallCounts>;
  faults: FaultPlan;
  settings: { name: string; value: string; changed: boolean }[];
};

export type CallCounter = {
  /** Counts an answer by its status; 0 is a connection that ended without one. */
  count(endpoint: EndpointName, status: number): void;
  read(): Record<EndpointName, CallCounts>;
};

export function createCallCounter(): CallCounter {
  const none = (): CallCounts => ({ worked: 0, refused: 0, failed: 0 });
  const calls = Object.fromEntries(endpointNames.map((name) => [name, none()])) as Record<
    EndpointName,
    CallCounts
  >;
  return {
    count(endpoint, status) {
      const kind = status === 0 || status >= 500 ? "failed" : status >= 400 ? "refused" : "worked";
      calls[endpoint][kind] += 1;
    },
    read: () => structuredClone(calls),
  };
}

/** The settings in force, by name, each with whether it differs from its default. */
export function tellSettings(settings: SandboxSettings): StatusFacts["settings"] {
  return Object.entries(settings)
    .map(([name, value]) => ({
      name,
      value: JSON.stringify(value),
      changed: JSON.stringify(value) !== JSON.stringify(defaultSettings[name as keyof SandboxSettings]),
    }))
    .sort((a, b) => Number(b.changed) - Number(a.changed) || (a.name < b.name ? -1 : 1));
}
