import type { AdminFailureCode, UnleashAdmin } from "./admin.ts";

export type FakeAdmin = UnleashAdmin & {
  flag: { isOn: boolean; percent: string; strategies: number };
  /** Every write that was asked for, in order. */
  writes: string[];
  /** The next writes fail like this, with or without having had their effect. */
  fail: { code: AdminFailureCode; hadEffect: boolean } | null;
  isAway: boolean;
};

/** Unleash's admin API for tests of what leads it: one flag, in memory; it fails as it is told to. */
export function createFakeAdmin(): FakeAdmin {
  const flag = { isOn: false, percent: "0", strategies: 2 };
  const away = { ok: false, code: "unreachable", status: null } as const;

  async function write(name: string, take: () => boolean) {
    if (fake.isAway) return away;
    fake.writes.push(name);
    if (fake.fail !== null && !fake.fail.hadEffect)
      return { ok: false, code: fake.fail.code, status: 500 } as const;
    if (!take()) return { ok: false, code: "conflict", status: 500 } as const;
    if (fake.fail !== null) return { ok: false, code: fake.fail.code, status: 500 } as const;
    return { ok: true, value: null } as const;
  }

  const fake: FakeAdmin = {
    flag,
    writes: [],
    fail: null,
    isAway: false,
    async get(path, schema) {
      if (fake.isAway) return away;
      const parsed = schema.safeParse(answerTo(path, flag));
      return parsed.success
        ? { ok: true, value: parsed.data }
        : { ok: false, code: "answer_unreadable", status: 200 };
    },
    post: (path) =>
      write(path.endsWith("/on") ? "on" : "off", () => {
        flag.isOn = path.endsWith("/on");
        return true;
      }),
    patch: (_, operations) =>
      write(`percent ${operations.at(-1)?.value}`, () => {
        const [test] = operations;
        if (test?.value !== flag.percent) return false;
        flag.percent = String(operations.at(-1)?.value);
        return true;
      }),
    put: (_, body) =>
      write("put", () => {
        const { parameters } = body as { parameters: { rollout: string } };
        flag.percent = parameters.rollout;
        return true;
      }),
    remove: () =>
      write("remove", () => {
        flag.strategies -= 1;
        return true;
      }),
  };
  return fake;
}

function answerTo(path: string, flag: FakeAdmin["flag"]): unknown {
  if (path === "/segments") return { segments: [{ id: 7, name: "early-adopters", constraints: [COHORT] }] };
  if (path === "/ui-config") return { version: "7.5.1", environment: "Open Source" };
  if (path.endsWith("biometric-master"))
    return {
      name: "biometric-master",
      environments: [{ name: "production", enabled: true, strategies: EVERYONE }],
    };
  if (path.endsWith("/overview"))
    return { environments: [{ environment: "production", defaultStrategy: {} }] };
  if (path === "/context/loginKey") return { name: "loginKey" };
  const common = { name: "flexibleRollout", constraints: [], disabled: false };
  const bucketing = { stickiness: "loginKey", groupId: "biometric-login" };
  const strategies = [
    {
      ...common,
      id: "1",
      title: "early adopters",
      segments: [7],
      parameters: { rollout: "100", ...bucketing },
    },
    {
      ...common,
      id: "2",
      title: "gradual",
      segments: [],
      parameters: { rollout: flag.percent, ...bucketing },
    },
    { ...common, id: "3", title: "by hand", segments: [], parameters: { rollout: "100", ...bucketing } },
  ].slice(0, flag.strategies);
  const environments = [{ name: "production", enabled: flag.isOn, strategies }];
  return { name: "biometric-login", environments, dependencies: [{ feature: "biometric-master" }] };
}

const EVERYONE = [{ id: "4", name: "flexibleRollout", title: "everyone", parameters: { rollout: "100" } }];
const COHORT = { contextName: "cohort", operator: "IN", values: ["early-adopters"] };
