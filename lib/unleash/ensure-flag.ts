import type { AdminFailureCode, UnleashAdmin } from "./admin.ts";
import {
  eventsSchema,
  type FlagEnvironment,
  flagEnvironmentSchema,
  flagSchema,
  type UnleashStrategy,
} from "./schema.ts";

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
  const features = `/projects/${place.project}/features`;
  const flagPath = `${features}/${wanted.name}`;
  const environmentPath = `${flagPath}/environments/${place.environment}`;
  const fail = (step: string, { code }: Pick<PrepareFailure, "code">): PrepareFailure => {
    return { ok: false, code, step: `${wanted.name}: ${step}` };
  };

  const made = await makeFlag(admin, features, wanted);
  if (!made.ok) return fail("create", made);
  const before = await admin.get(environmentPath, flagEnvironmentSchema);
  if (!before.ok) return fail("read", before);
  const past = await admin.get(everOnPath(wanted.name, place.environment), eventsSchema);
  if (!past.ok) return fail("read events", past);
  if (before.value.enabled || past.value.total > 0) {
    return { ok: true, isNew: false, environment: before.value };
  }

  if (wanted.parent !== undefined) {
    const bound = await bindToParent(admin, flagPath, wanted.parent);
    if (!bound.ok) return fail("depend on parent", bound);
  }
  for (const strategy of wanted.strategies) {
    if (before.value.strategies.some(({ title }) => title === strategy.title)) continue;
    const added = await admin.post(`${environmentPath}/strategies`, strategyBody(wanted.name, strategy));
    if (!added.ok) return fail(`add strategy ${strategy.title}`, added);
  }
  const written = await admin.get(environmentPath, flagEnvironmentSchema);
  if (!written.ok) return fail("read back", written);
  if (!wanted.switchOn) return { ok: true, isNew: true, environment: written.value };

  if (!isAsWanted(written.value, wanted)) return fail("read back", { code: "not_as_written" });
  const switched = await admin.post(`${environmentPath}/on`);
  if (!switched.ok) return fail("switch on", switched);
  const after = await admin.get(environmentPath, flagEnvironmentSchema);
  if (!after.ok) return fail("read back after switching on", after);
  if (!after.value.enabled || !isAsWanted(after.value, wanted)) {
    return fail("read back after switching on", { code: "not_as_written" });
  }
  return { ok: true, isNew: true, environment: after.value };
}

async function makeFlag(admin: UnleashAdmin, features: string, { name, type, description }: WantedFlag) {
  const found = await admin.get(`${features}/${name}`, flagSchema);
  if (found.ok || found.code !== "not_found") return found;
  return admin.post(features, { name, type, description, impressionData: true });
}

async function bindToParent(admin: UnleashAdmin, flagPath: string, parent: string) {
  const flag = await admin.get(flagPath, flagSchema);
  if (!flag.ok || flag.value.dependencies.some(({ feature }) => feature === parent)) return flag;
  return admin.post(`${flagPath}/dependencies`, { feature: parent, enabled: true });
}

function everOnPath(name: string, environment: string): string {
  const query = new URLSearchParams({
    feature: `IS:${name}`,
    environment: `IS:${environment}`,
    type: "IS:feature-environment-enabled",
    limit: "1",
  });
  return `/search/events?${query}`;
}

function strategyBody(groupId: string, { title, rolloutPercent, segments }: WantedStrategy) {
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
function isAsWanted({ strategies }: FlagEnvironment, wanted: WantedFlag): boolean {
  if (strategies.length !== wanted.strategies.length) return false;
  return wanted.strategies.every((want) => {
    const found = strategies.filter(({ title }) => title === want.title);
    return found.length === 1 && found.every((strategy) => isStrategyAsWanted(strategy, wanted.name, want));
  });
}

function isStrategyAsWanted(found: UnleashStrategy, groupId: string, want: WantedStrategy): boolean {
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
