import { z } from "zod";
import { BIOMETRIC_LOGIN_FLAG, EARLY_ADOPTERS } from "#lib/rollout/schema.ts";
import type { AdminAnswer, UnleashAdmin } from "./admin.ts";
import { type FlagEnvironment, flagSchema, segmentsSchema, type UnleashStrategy } from "./schema.ts";
import type { LiveFlag, LiveStrategy, UnleashLimits } from "./types.ts";

export const BIOMETRIC_MASTER_FLAG = "biometric-master";
/** The titles by which our two strategies are known. */
export const GRADUAL = "gradual";
export const SEGMENT_STRATEGY = "early adopters";

export const FEATURES = "/projects/default/features";
export const environmentPath = (environment: string, flag = BIOMETRIC_LOGIN_FLAG) =>
  `${FEATURES}/${flag}/environments/${environment}`;

/**
 * The flag `biometric-login` as Unleash has it in an environment, with the flag it depends on and the early adopters'
 * segment. `not_found` where the flag or the environment is not there.
 */
export async function readLiveFlag(admin: UnleashAdmin, environment: string): Promise<AdminAnswer<LiveFlag>> {
  const [login, master, segments] = await Promise.all([
    admin.get(`${FEATURES}/${BIOMETRIC_LOGIN_FLAG}`, flagSchema),
    admin.get(`${FEATURES}/${BIOMETRIC_MASTER_FLAG}`, flagSchema),
    admin.get("/segments", segmentsSchema),
  ]);
  if (!login.ok) return login;
  if (!segments.ok) return segments;
  if (!master.ok && master.code !== "not_found") return master;
  const own = login.value.environments.find(({ name }) => name === environment);
  if (own === undefined) return { ok: false, code: "not_found", status: 200 };
  const masters = master.ok ? master.value.environments : [];
  return {
    ok: true,
    value: {
      isOn: own.enabled,
      hasMaster: isBoundToMaster(login.value.dependencies),
      masterIsOn: masters.some((one) => one.name === environment && one.enabled && servesEveryone(one)),
      cohortSegments: segments.value.segments.filter(isCohort).map(({ id }) => id),
      strategies: own.strategies.map(strategyOf),
    },
  };
}

/** Bound to the master being on, and to nothing else that could switch it off unnamed. */
export function isBoundToMaster([parent, ...others]: readonly {
  feature: string;
  enabled: boolean;
}[]): boolean {
  return others.length === 0 && parent?.feature === BIOMETRIC_MASTER_FLAG && parent.enabled;
}

/** A flag on for a part of the people only would narrow whatever depends on it. */
export function servesEveryone({ strategies }: FlagEnvironment): boolean {
  return strategies.some(
    ({ name, parameters, constraints, segments, disabled }) =>
      (name === "default" || (name === "flexibleRollout" && parameters.rollout === "100")) &&
      constraints.length + segments.length === 0 &&
      disabled !== true,
  );
}

export function isCohort({ constraints }: z.output<typeof segmentsSchema>["segments"][number]): boolean {
  const [constraint, ...others] = constraints;
  return (
    others.length === 0 &&
    constraint?.contextName === "cohort" &&
    constraint.operator === "IN" &&
    constraint.values.join() === EARLY_ADOPTERS
  );
}

/** A percentage Unleash would not take for one (it stores anything) is null: it serves nobody, or everybody. */
function percentOf(text: string | undefined): number | null {
  return text !== undefined && /^(100|[1-9]?\d)$/.test(text) ? Number(text) : null;
}

const strategyOf = (one: UnleashStrategy): LiveStrategy => ({
  id: one.id,
  name: one.name,
  title: one.title ?? "",
  percent: percentOf(one.parameters.rollout),
  percentText: one.parameters.rollout ?? "",
  groupId: one.parameters.groupId ?? "",
  stickiness: one.parameters.stickiness ?? "",
  segments: one.segments,
  constraints: one.constraints.length,
  isDisabled: one.disabled === true,
});

const versionSchema = z.looseObject({
  version: z.string().optional(),
  versionInfo: z
    .looseObject({
      current: z.looseObject({ oss: z.string().optional(), enterprise: z.string().optional() }),
    })
    .optional(),
  environment: z.string().optional(),
  resourceLimits: z.looseObject({ featureEnvironmentStrategies: z.number().optional() }).optional(),
});

const changeRequestsSchema = z.array(
  z.looseObject({ environment: z.string(), changeRequestEnabled: z.boolean() }),
);

const OPEN_SOURCE = "Open Source";

/**
 * Which Unleash this is: `Open Source` or the name of another edition, its version, empty where it does not say, and what it
 * limits: how many strategies a flag may have, and whether its own change requests refuse what is written directly.
 */
export async function readEdition(
  admin: UnleashAdmin,
  inEnvironment: string,
): Promise<AdminAnswer<{ edition: string; version: string; limits: UnleashLimits }>> {
  const answer = await admin.get("/ui-config", versionSchema);
  if (!answer.ok) return answer;
  const { versionInfo, version, environment: edition = "", resourceLimits } = answer.value;
  const found = version ?? versionInfo?.current.enterprise ?? versionInfo?.current.oss ?? "";
  const limits = {
    strategies: resourceLimits?.featureEnvironmentStrategies ?? null,
    changeRequests:
      edition === OPEN_SOURCE ? ("absent" as const) : await readChangeRequests(admin, inEnvironment),
  };
  return { ok: true, value: { edition, version: found, limits } };
}

/** Editions without change requests do not know the path. */
async function readChangeRequests(
  admin: UnleashAdmin,
  environment: string,
): Promise<UnleashLimits["changeRequests"]> {
  const answer = await admin.get("/projects/default/change-requests/config", changeRequestsSchema);
  if (!answer.ok) return "absent";
  const isOn = answer.value.some((one) => one.environment === environment && one.changeRequestEnabled);
  return isOn ? "on" : "off";
}
