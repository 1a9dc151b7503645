import type { z } from "zod";
import type { AdminAnswer, AdminFailureCode, UnleashAdmin } from "./admin.ts";
import { eventsSchema, type FlagEnvironment, flagSchema, type UnleashStrategy } from "./schema.ts";

export type WantedStrategy = { title: string; rolloutPercent: number; segments: number[] };

export type WantedFlag = {
  name: string;
  type: "release" | "kill-switch";
  description: string;
  /** A flag without which this one is off. */
  parent?: string;
  strategies: WantedStrategy[];
  switchOn: boolean;
};

export type Place = { project: string; environment: string };

export type PrepareFailureCode = AdminFailureCode | "not_as_written";
export type PrepareFailure = { ok: false; code: PrepareFailureCode; step: string };
export type EnsuredFlag = { ok: true; isNew: boolean; environment: FlagEnvironment } | PrepareFailure;

const stickiness = "loginKey";

type FlagState = { environment: FlagEnvironment; parents: string[] };

/**
 * Makes a flag with its strategies and, if wanted, switches it on after reading back that it is as written.
 * A flag that has ever been on in this environment belongs to people: it is only read. One that never was may
 * be the rest of an interrupted start and is completed, without touching what is there.
 */
export async function ensureFlag(
  admin: UnleashAdmin,
  place: Place,
  wanted: WantedFlag,
): Promise<EnsuredFlag> {
  const fail = (step: string, { code }: Pick<PrepareFailure, "code">): PrepareFailure => {
    return { ok: false, code, step: `${wanted.name}: ${step}` };
  };
  const made = await makeFlag(admin, place, wanted);
  if (!made.ok) return fail("create", made);
  const before = await readFlag(admin, place, wanted.name);
  if (!before.ok) return fail("read", before);
  const past = await admin.get(everOnPath(wanted.name, place.environment), eventsSchema);
  if (!past.ok) return fail("read events", past);
  if (before.value.environment.enabled || wasEverOn(past.value, place)) {
    return { ok: true, isNew: false, environment: before.value.environment };
  }
  const completed = await complete(admin, place, wanted, before.value);
  if (!completed.ok) return fail("complete", completed);
  const written = await readFlag(admin, place, wanted.name);
  if (!written.ok) return fail("read back", written);
  if (!wanted.switchOn) return { ok: true, isNew: true, environment: written.value.environment };

  if (!isAsWanted(written.value, wanted)) return fail("read back", { code: "not_as_written" });
  const switched = await admin.post(`${environmentPath(place, wanted.name)}/on`);
  if (!switched.ok) return fail("switch on", switched);
  const after = await readFlag(admin, place, wanted.name);
  if (!after.ok) return fail("read back after switching on", after);
  const isRight = after.value.environment.enabled && isAsWanted(after.value, wanted);
  if (!isRight) return fail("read back after switching on", { code: "not_as_written" });
  return { ok: true, isNew: true, environment: after.value.environment };
}

const featuresPath = ({ project }: Place) => `/projects/${project}/features`;
const environmentPath = (place: Place, name: string) =>
  `${featuresPath(place)}/${name}/environments/${place.environment}`;

async function readFlag(admin: UnleashAdmin, place: Place, name: string): Promise<AdminAnswer<FlagState>> {
  const flag = await admin.get(`${featuresPath(place)}/${name}`, flagSchema);
  if (!flag.ok) return flag;
  const environment = flag.value.environments.find((entry) => entry.name === place.environment);
  if (environment === undefined) return { ok: false, code: "not_found", status: 200 };
  const parents = flag.value.dependencies.map(({ feature }) => feature);
  return { ok: true, value: { environment, parents } };
}

async function makeFlag(admin: UnleashAdmin, place: Place, { name, type, description }: WantedFlag) {
  const found = await admin.get(`${featuresPath(place)}/${name}`, flagSchema);
  if (found.ok || found.code !== "not_found") return found;
  return admin.post(featuresPath(place), { name, type, description, impressionData: true });
}

/** Adds the parent and the strategies that are missing; the first failure ends it. */
async function complete(
  admin: UnleashAdmin,
  place: Place,
  wanted: WantedFlag,
  { environment, parents }: FlagState,
): Promise<AdminAnswer<null>> {
  if (wanted.parent !== undefined && !parents.includes(wanted.parent)) {
    const dependency = { feature: wanted.parent, enabled: true };
    const bound = await admin.post(`${featuresPath(place)}/${wanted.name}/dependencies`, dependency);
    if (!bound.ok) return bound;
  }
  for (const strategy of wanted.strategies) {
    if (environment.strategies.some(({ title }) => title === strategy.title)) continue;
    const body = strategyBody(wanted.name, strategy);
    const added = await admin.post(`${environmentPath(place, wanted.name)}/strategies`, body);
    if (!added.ok) return added;
  }
  return { ok: true, value: null };
}

/** Unleash 6 answers the events of all environments whichever was asked for. */
const wasEverOn = ({ events }: z.output<typeof eventsSchema>, place: Place): boolean =>
  events.some(({ environment }) => environment === place.environment);

function everOnPath(name: string, environment: string): string {
  const query = new URLSearchParams({
    feature: `IS:${name}`,
    environment: `IS:${environment}`,
    type: "IS:feature-environment-enabled",
    limit: "1000",
  });
  return `/search/events?${query}`;
}

/** A strategy of ours as Unleash takes it. */
export function strategyBody(groupId: string, { title, rolloutPercent, segments }: WantedStrategy) {
  return {
    name: "flexibleRollout",
    title,
    segments,
    constraints: [],
    variants: [],
    disabled: false,
    parameters: { rollout: String(rolloutPercent), stickiness, groupId },
  };
}

// Strategies are OR-ed: one too many would make every percentage meaningless, so the count is part of it.
function isAsWanted({ environment: { strategies }, parents }: FlagState, wanted: WantedFlag): boolean {
  if (wanted.parent !== undefined && !parents.includes(wanted.parent)) return false;
  if (strategies.length !== wanted.strategies.length) return false;
  return wanted.strategies.every((want) => {
    const found = strategies.filter(({ title }) => title === want.title);
    return found.length === 1 && found.every((strategy) => isStrategyAsWanted(strategy, wanted.name, want));
  });
}

export function isStrategyAsWanted(found: UnleashStrategy, groupId: string, want: WantedStrategy): boolean {
  return (
    found.name === "flexibleRollout" &&
    found.disabled !== true &&
    found.parameters.rollout === String(want.rolloutPercent) &&
    found.parameters.stickiness === stickiness &&
    found.parameters.groupId === groupId &&
    found.constraints.length === 0 &&
    found.segments.join() === want.segments.join()
  );
}
