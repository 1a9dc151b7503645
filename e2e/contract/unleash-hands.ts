import { createHmac } from "node:crypto";
import { expect } from "vitest";
import { createUnleashAdmin } from "#lib/unleash/admin.ts";
import { bucketOf } from "#lib/unleash/bucket.ts";
import { flagSchema, segmentsSchema } from "#lib/unleash/schema.ts";

export const FEATURE = "/projects/default/features/biometric-login";
const MASTER = "/projects/default/features/biometric-master";

/** Sample login keys, the same in every run. */
export const sampleKeys = Array.from({ length: 300 }, (_, index) =>
  createHmac("sha256", "sample key").update(`sample-${index}`).digest("hex"),
);

/** One key in each of these buckets: somebody who is in from that percentage on. */
const BUCKETS = [0, 1, 4, 5, 24, 25, 49, 50, 99];
const keyIn = (bucket: number) => sampleKeys.find((key) => bucketOf(key) === bucket) ?? "none";

const BARE = { name: "default", parameters: {}, constraints: [], segments: [] };
const COHORT = { contextName: "cohort", operator: "IN", values: ["early-adopters"] };

/** `isRandom`: whom it lets in is drawn anew for each call. */
export type Edit = { act: () => Promise<unknown>; codes: string[]; isRandom?: true };

/** Of a context field that every Unleash knows. */
const ONE_APPLICATION = { contextName: "appName", operator: "IN", values: ["nobody's"] };

export type Hands = ReturnType<typeof handsOn>;

/** What somebody does in Unleash's own pages, in one environment; and what its playground shows. */
export function handsOn({
  url,
  adminToken,
  environment,
}: Record<"url" | "adminToken" | "environment", string>) {
  const admin = createUnleashAdmin({ url, adminToken });
  const path = `${FEATURE}/environments/${environment}`;
  const masterPath = `${MASTER}/environments/${environment}`;

  function send(method: string, to: string, body?: unknown): Promise<Response> {
    const headers = { authorization: adminToken, "content-type": "application/json" };
    return fetch(`${url}/api/admin${to}`, { method, headers, body: JSON.stringify(body) ?? null });
  }
  async function change(method: "POST" | "PUT" | "PATCH" | "DELETE", to: string, body?: unknown) {
    const response = await send(method, to, body);
    expect(response.ok, `${method} ${to}: ${response.status}`).toBe(true);
  }
  async function read(flag = FEATURE, named = environment) {
    const answer = await admin.get(flag, flagSchema);
    const found = answer.ok ? answer.value.environments.find(({ name }) => name === named) : undefined;
    if (found === undefined) throw new Error(`Unleash did not tell of ${flag} in ${named}`);
    return found;
  }
  async function strategyPath(title: string): Promise<string> {
    const found = (await read()).strategies.find((strategy) => strategy.title === title);
    return `${path}/strategies/${found?.id ?? "missing"}`;
  }
  const patch = async (title: string, at: string, value: unknown) =>
    change("PATCH", await strategyPath(title), [{ op: "replace", path: at, value }]);
  const setGradual = (rollout: string) => patch("gradual", "/parameters/rollout", rollout);
  const addStrategy = (title: string) => change("POST", `${path}/strategies`, { ...BARE, title });
  const removeStrategy = async (title: string) => change("DELETE", await strategyPath(title));
  const putCohort = async (over: object) =>
    change("PUT", await strategyPath("early adopters"), {
      ...{ name: "flexibleRollout", title: "early adopters", constraints: [] },
      parameters: { rollout: "100", stickiness: "loginKey", groupId: "biometric-login" },
      ...over,
    });
  async function widenSegment() {
    const answer = await admin.get("/segments", segmentsSchema);
    const found = answer.ok ? answer.value.segments.find(({ name }) => name === "early-adopters") : undefined;
    const constraints = [{ ...COHORT, values: ["early-adopters", "everybody"] }];
    await change("PUT", `/segments/${found?.id}`, {
      name: "early-adopters",
      project: "default",
      constraints,
    });
  }
  async function narrowMaster() {
    const [everyone] = (await read(MASTER)).strategies;
    const operations = [{ op: "replace", path: "/parameters/rollout", value: "1" }];
    await change("PATCH", `${masterPath}/strategies/${everyone?.id}`, operations);
  }
  async function deleteFlag() {
    await change("DELETE", FEATURE);
    await change("POST", "/projects/default/delete", { features: ["biometric-login"] });
  }
  async function removeBoth() {
    await removeStrategy("gradual");
    await removeStrategy("early adopters");
  }

  /** How many of a hundred Unleash's own playground lets in, by the highest bucket that it does. */
  async function playgroundShows(): Promise<number> {
    const shown = await Promise.all(
      BUCKETS.map(async (bucket) => {
        const context = { appName: "playground", properties: { loginKey: keyIn(bucket) } };
        const response = await send("POST", "/playground", { environment, projects: ["default"], context });
        const { features } = (await response.json()) as { features: { name: string; isEnabled: boolean }[] };
        return features.some(({ name, isEnabled }) => name === "biometric-login" && isEnabled)
          ? bucket + 1
          : 0;
      }),
    );
    return Math.max(...shown);
  }

  /** Each thing a hand may do to a flag that stands at five percent, and by what codes it is told. */
  const edits: Record<string, Edit> = {
    "a percentage raised": { act: () => setGradual("60"), codes: ["percent_higher"] },
    "a percentage lowered": { act: () => setGradual("1"), codes: ["percent_lower"] },
    "a percentage that is none": { act: () => setGradual("150"), codes: ["percent_unreadable"] },
    "the flag switched off": { act: () => change("POST", `${path}/off`), codes: ["switched_off"] },
    "a strategy for everyone": { act: () => addStrategy("by hand"), codes: ["foreign_strategy"] },
    "the gradual strategy twice": {
      act: () => addStrategy("gradual"),
      codes: ["gradual_twice", "bucketing_changed"],
    },
    "other buckets": {
      act: () => patch("gradual", "/parameters/groupId", "other"),
      codes: ["bucketing_changed"],
    },
    "another stickiness": {
      act: () => patch("gradual", "/parameters/stickiness", "random"),
      codes: ["bucketing_changed"],
      isRandom: true,
    },
    "a strategy disabled": { act: () => patch("gradual", "/disabled", true), codes: ["strategy_disabled"] },
    "a constraint": {
      act: () => patch("gradual", "/constraints", [ONE_APPLICATION]),
      codes: ["constraint_added"],
    },
    "the early adopters' strategy gone": {
      act: () => removeStrategy("early adopters"),
      codes: ["cohort_missing"],
    },
    "their segment gone from it": { act: () => putCohort({ segments: [] }), codes: ["foreign_strategy"] },
    "their segment widened": { act: widenSegment, codes: ["foreign_strategy"] },
    "another kind of strategy": {
      act: () => putCohort({ name: "default", parameters: {} }),
      codes: ["bucketing_changed"],
    },
    "the master off": { act: () => change("POST", `${masterPath}/off`), codes: ["master_off"] },
    "the master for some": { act: narrowMaster, codes: ["master_off"] },
    "no master": { act: () => change("DELETE", `${FEATURE}/dependencies`), codes: ["master_missing"] },
    "both strategies gone": { act: removeBoth, codes: ["switched_off", "gradual_missing", "cohort_missing"] },
    "the flag archived": { act: () => change("DELETE", FEATURE), codes: ["flag_missing"] },
    "the flag gone for good": { act: deleteFlag, codes: ["flag_missing"] },
  };

  return {
    ...{ admin, path, masterPath, change, read, strategyPath, setGradual, addStrategy, removeStrategy },
    ...{ playgroundShows, edits },
  };
}
