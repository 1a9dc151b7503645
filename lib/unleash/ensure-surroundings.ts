import { z } from "zod";
import { EARLY_ADOPTERS } from "#lib/rollout/schema.ts";
import type { AdminAnswer, UnleashAdmin } from "./admin.ts";
import type { Place, PrepareFailure } from "./ensure-flag.ts";
import { isCohort } from "./live-flag.ts";
import { projectSchema, segmentsSchema } from "./schema.ts";

/**
 * Sees to what the flag stands on: a default strategy that serves nobody, the context field of the buckets, and the early
 * adopters' segment, whose id it answers. A segment of that name with other constraints is not ours, and would expose
 * whomever it names: it is refused, or brought back to ours where that was asked for.
 */
export async function ensureSurroundings(
  admin: UnleashAdmin,
  place: Place,
  { mendsSegment }: { mendsSegment: boolean },
): Promise<{ ok: true; value: number } | PrepareFailure> {
  const guarded = await ensureDefaultStrategy(admin, place);
  if (!guarded.ok) return failed("default strategy", guarded);
  const field = await ensureContextField(admin);
  if (!field.ok) return failed("context field", field);
  const segment = await ensureSegment(admin, place, mendsSegment);
  return segment.ok ? segment : failed("segment", segment);
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

const CONSTRAINTS = [{ contextName: "cohort", operator: "IN", values: [EARLY_ADOPTERS] }];

async function ensureSegment(
  admin: UnleashAdmin,
  { project }: Place,
  mends: boolean,
): Promise<AdminAnswer<number>> {
  const existing = await findSegment(admin);
  if (!existing.ok) return existing;
  if (existing.value === null) {
    const made = await admin.post("/segments", { name: EARLY_ADOPTERS, project, constraints: CONSTRAINTS });
    return made.ok ? idOf(await findSegment(admin)) : made;
  }
  if (isCohort(existing.value) || !mends) return idOf(existing);
  const { id, project: own } = existing.value;
  const body = { name: EARLY_ADOPTERS, ...(own == null ? {} : { project: own }), constraints: CONSTRAINTS };
  const mended = await admin.put(`/segments/${id}`, body);
  return mended.ok ? idOf(await findSegment(admin)) : mended;
}

type Segment = z.output<typeof segmentsSchema>["segments"][number];

async function findSegment(admin: UnleashAdmin): Promise<AdminAnswer<Segment | null>> {
  const answer = await admin.get("/segments", segmentsSchema);
  if (!answer.ok) return answer;
  return { ok: true, value: answer.value.segments.find(({ name }) => name === EARLY_ADOPTERS) ?? null };
}

function idOf(found: AdminAnswer<Segment | null>): AdminAnswer<number> {
  if (!found.ok) return found;
  if (found.value === null || !isCohort(found.value))
    return { ok: false, code: "already_exists", status: null };
  return { ok: true, value: found.value.id };
}

function failed(step: string, { code }: { code: PrepareFailure["code"] }): PrepareFailure {
  return { ok: false, code, step };
}
