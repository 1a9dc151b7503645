import { z } from "zod";
import { BIOMETRIC_LOGIN_FLAG, EARLY_ADOPTERS } from "#lib/rollout/schema.ts";
import {
  type AdminAnswer,
  createUnleashAdmin,
  type UnleashAdmin,
  type UnleashAdminOptions,
} from "./admin.ts";
import { ensureFlag, type Place, type PrepareFailure } from "./ensure-flag.ts";
import { BIOMETRIC_MASTER_FLAG, GRADUAL, SEGMENT_STRATEGY } from "./live-flag.ts";
import { projectSchema, segmentsSchema } from "./schema.ts";

export type PrepareRolloutOptions = UnleashAdminOptions & {
  environment: string;
  /** 0 leaves the flag off; 100 is for the embedded trial, where the first login of anyone who enrols must work. */
  initialExposurePercent: 0 | 100;
};

export type PreparedRollout =
  | {
      ok: true;
      /** False when people were in charge of the flag already, so that it was only read. */
      isNew: boolean;
      isOn: boolean;
      /** The percentage of the gradual strategy as Unleash has it; null when there is no such strategy. */
      exposurePercent: number | null;
    }
  | PrepareFailure;

const place = { project: "default" };

/**
 * Makes the flag `biometric-login` with all it needs, in the order that can release it to nobody by accident, and
 * may be repeated at every start: what exists is left as it is, above all percentages and switches. Not to be run
 * twice at the same time.
 */
export async function prepareRollout(options: PrepareRolloutOptions): Promise<PreparedRollout> {
  const admin = createUnleashAdmin(options);
  const where: Place = { ...place, environment: options.environment };
  const guarded = await ensureDefaultStrategy(admin, where);
  if (!guarded.ok) return failed("default strategy", guarded);
  const field = await ensureContextField(admin);
  if (!field.ok) return failed("context field", field);
  const segment = await ensureSegment(admin);
  if (!segment.ok) return failed("segment", segment);

  const master = await ensureFlag(admin, where, {
    name: BIOMETRIC_MASTER_FLAG,
    type: "kill-switch",
    description: "Off: nobody is offered the biometric path.",
    strategies: [{ title: "everyone", rolloutPercent: 100, segments: [] }],
    switchOn: true,
  });
  if (!master.ok) return master;
  const login = await ensureFlag(admin, where, {
    name: BIOMETRIC_LOGIN_FLAG,
    type: "release",
    description: "On: this person is offered the biometric path at login.",
    parent: BIOMETRIC_MASTER_FLAG,
    strategies: [
      { title: SEGMENT_STRATEGY, rolloutPercent: 100, segments: [segment.value] },
      { title: GRADUAL, rolloutPercent: options.initialExposurePercent, segments: [] },
    ],
    switchOn: options.initialExposurePercent > 0,
  });
  if (!login.ok) return login;
  const gradual = login.environment.strategies.find(({ title }) => title === GRADUAL);
  const percent = Number(gradual?.parameters.rollout ?? Number.NaN);
  return {
    ok: true,
    isNew: login.isNew,
    isOn: login.environment.enabled,
    exposurePercent: Number.isNaN(percent) ? null : percent,
  };
}

/** Unleash adds the default strategy by itself to a flag switched on without one; unless set, that is everyone. */
async function ensureDefaultStrategy(admin: UnleashAdmin, { project, environment }: Place) {
  const overview = await admin.get(`/projects/${project}/overview`, projectSchema);
  if (!overview.ok) return overview;
  const found = overview.value.environments.find((entry) => entry.environment === environment);
  if (found?.defaultStrategy != null) return overview;
  return admin.post(`/projects/${project}/environments/${environment}/default-strategy`, {
    name: "flexibleRollout",
    constraints: [],
    parameters: { rollout: "0", stickiness: "loginKey", groupId: "" },
  });
}

async function ensureContextField(admin: UnleashAdmin) {
  const found = await admin.get("/context/loginKey", z.looseObject({ name: z.string() }));
  if (found.ok || found.code !== "not_found") return found;
  return admin.post("/context", {
    name: "loginKey",
    description: "A keyed hash of the person's id; never the id itself.",
    stickiness: true,
  });
}

async function ensureSegment(admin: UnleashAdmin): Promise<AdminAnswer<number>> {
  const existing = await findSegment(admin);
  if (!existing.ok || existing.value !== null) return withId(existing);
  const made = await admin.post("/segments", {
    name: EARLY_ADOPTERS,
    project: place.project,
    constraints: [{ contextName: "cohort", operator: "IN", values: [EARLY_ADOPTERS] }],
  });
  return made.ok ? withId(await findSegment(admin)) : made;
}

/** A segment of that name with other constraints is not ours, and would expose whomever it names. */
async function findSegment(
  admin: UnleashAdmin,
): Promise<AdminAnswer<{ id: number; isOurs: boolean } | null>> {
  const answer = await admin.get("/segments", segmentsSchema);
  if (!answer.ok) return answer;
  const found = answer.value.segments.find(({ name }) => name === EARLY_ADOPTERS);
  if (found === undefined) return { ok: true, value: null };
  const [constraint, ...others] = found.constraints;
  const isOurs =
    others.length === 0 &&
    constraint?.contextName === "cohort" &&
    constraint.operator === "IN" &&
    constraint.values.join() === EARLY_ADOPTERS;
  return { ok: true, value: { id: found.id, isOurs } };
}

function withId(found: AdminAnswer<{ id: number; isOurs: boolean } | null>): AdminAnswer<number> {
  if (!found.ok) return found;
  if (found.value?.isOurs !== true) return { ok: false, code: "already_exists", status: null };
  return { ok: true, value: found.value.id };
}

function failed(step: string, { code }: { code: PrepareFailure["code"] }): PrepareFailure {
  return { ok: false, code, step };
}
