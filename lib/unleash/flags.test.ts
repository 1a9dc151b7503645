import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createFlags } from "./flags.ts";
import type { Flags } from "./types.ts";

// A server that answers as it is told, for what a healthy Unleash never does.

type Answer = (response: ServerResponse) => void;

const open: { servers: Server[]; flags: Flags[] } = { servers: [], flags: [] };

afterEach(async () => {
  await Promise.all(open.flags.splice(0).map((flags) => flags.close()));
  for (const server of open.servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
});

const json = (status: number, body: unknown): Answer => {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
};
const gradual = (rollout: string) => ({
  name: "flexibleRollout",
  parameters: { rollout, stickiness: "loginKey", groupId: "biometric-login" },
  constraints: [],
});
const flag = (fields: object) => ({
  name: "biometric-login",
  enabled: true,
  strategies: [gradual("100")],
  ...fields,
});
const features = (...list: object[]) => json(200, { version: 2, features: list });

async function serve(first: Answer, port = 0) {
  const served = { answer: first, polls: 0 };
  const server = createServer((request, response) => {
    if (!request.url?.includes("/client/features")) return json(202, {})(response);
    served.polls += 1;
    served.answer(response);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  open.servers.push(server);
  const { port: bound } = server.address() as AddressInfo;
  return Object.assign(served, { server, port: bound, url: `http://127.0.0.1:${bound}` });
}

function follow(url: string, clock: () => Date = () => new Date()): Flags {
  const flags = createFlags({
    url,
    clientToken: "default:development.sample",
    environment: "development",
    appName: "gatehouse-test",
    instanceId: "test-1",
    refreshMs: 50,
    rebuildMs: 50,
    clock,
  });
  open.flags.push(flags);
  return flags;
}

const soon = { timeout: 15_000 };
const reasonOf = (flags: Flags) => flags.evaluate("sample-key").reason;
const heard = (flags: Flags) => new Promise<void>((resolve) => void flags.onHeard(resolve));

describe("a flag allows the biometric path only when it says so itself", () => {
  it.each([
    ["an enabled flag at 100 percent", [flag({})], "flag_on"],
    ["a flag at 0 percent", [flag({ strategies: [gradual("0")] })], "flag_off"],
    ["a switched off flag", [flag({ enabled: false })], "flag_off"],
    ["an enabled flag with no strategy", [flag({ strategies: [] })], "flag_off"],
    ["an enabled flag whose strategies are missing", [flag({ strategies: undefined })], "flag_off"],
    [
      "a flag whose parent is unknown",
      [flag({ dependencies: [{ feature: "biometric-master" }] })],
      "flag_off",
    ],
    [
      "a flag with an unknown strategy",
      [flag({ strategies: [{ name: "moonPhase", parameters: {} }] })],
      "flag_off",
    ],
    ["no flag of that name", [{ ...flag({}), name: "another" }], "flag_unknown"],
    ["an empty list of flags", [], "flag_unknown"],
  ])("%s", async (_what, list, reason) => {
    const flags = follow((await serve(features(...list))).url);
    await heard(flags);
    expect(flags.evaluate("sample-key")).toEqual({ on: reason === "flag_on", reason });
  });

  it("an early adopter is let in by the cohort alone", async () => {
    const strategy = {
      ...gradual("100"),
      constraints: [{ contextName: "cohort", operator: "IN", values: ["early-adopters"] }],
    };
    const flags = follow((await serve(features(flag({ strategies: [strategy] })))).url);
    await heard(flags);
    expect(flags.evaluate("sample-key", { cohort: "early-adopters" }).on).toBe(true);
    expect(flags.evaluate("sample-key", { cohort: "others" }).on).toBe(false);
    expect(flags.evaluate("sample-key").on).toBe(false);
  });
});

describe("flags that cannot be trusted mean legacy", () => {
  it("nobody was exposed while Unleash is away at the start, and it is found by itself", async () => {
    const { server, port } = await serve(features(flag({})));
    server.close();
    await once(server, "close");
    open.servers.length = 0;
    const flags = follow(`http://127.0.0.1:${port}`);
    await expect.poll(() => flags.state().lastError, soon).toBe("unreachable");
    expect(flags.evaluate("sample-key")).toEqual({ on: false, reason: "flags_unreachable" });
    expect(flags.state()).toMatchObject({ connected: false, lastHeardAt: null, definitionHash: null });
    await serve(features(flag({})), port);
    await expect.poll(() => reasonOf(flags), soon).toBe("flag_on");
  });

  it("the last flags hold until they are too old, and not a moment longer", async () => {
    let now = new Date("2025-03-01T12:00:00Z");
    const served = await serve(features(flag({})));
    const flags = follow(served.url, () => now);
    await heard(flags);
    served.answer = json(200, "garbage");
    await expect.poll(() => flags.state().lastError, soon).toBe("server_failed");
    now = new Date("2025-03-01T12:10:00Z");
    expect(reasonOf(flags)).toBe("flag_on");
    now = new Date("2025-03-01T12:10:00.001Z");
    expect(flags.evaluate("sample-key")).toEqual({ on: false, reason: "flags_stale" });
    served.answer = features(flag({}));
    await expect.poll(() => reasonOf(flags), soon).toBe("flag_on");
  });

  it.each([401, 403])(
    "a token refused with %i counts as stale at once, and is tried again",
    async (status) => {
      const served = await serve(features(flag({})));
      const flags = follow(served.url);
      await heard(flags);
      served.answer = json(status, { name: "NoAccessError" });
      await expect.poll(() => reasonOf(flags), soon).toBe("flags_stale");
      expect(flags.state()).toMatchObject({ connected: false, lastError: "token_refused" });
      const polls = served.polls;
      await expect.poll(() => served.polls, soon).toBeGreaterThan(polls + 1);
      served.answer = features(flag({}));
      await expect.poll(() => reasonOf(flags), soon).toBe("flag_on");
      expect(flags.state()).toMatchObject({ connected: true, lastError: null });
    },
  );

  it("a failing server is no reason to forget, and is named", async () => {
    const served = await serve(features(flag({})));
    const flags = follow(served.url);
    await heard(flags);
    served.answer = json(500, {});
    await expect.poll(() => flags.state().lastError, soon).toBe("server_failed");
    expect(reasonOf(flags)).toBe("flag_on");
  });
});

it("closing while a poll is under way ends nothing but the flags", async () => {
  const failures: unknown[] = [];
  const record = (error: unknown) => void failures.push(error);
  process.on("uncaughtException", record).on("unhandledRejection", record);
  const waiting: ServerResponse[] = [];
  const served = await serve((response) => void waiting.push(response));
  const flags = follow(served.url);
  await expect.poll(() => waiting.length, soon).toBe(1);
  await flags.close();
  for (const response of waiting) json(418, {})(response);
  await new Promise((resolve) => served.server.close(resolve));
  await new Promise(setImmediate);
  process.off("uncaughtException", record).off("unhandledRejection", record);
  expect(failures).toEqual([]);
  open.servers.length = 0;
});

it("the hash follows the definition, its segments and its parents, not the order of fields", async () => {
  const hashOf = async (...list: object[]) => {
    const flags = follow((await serve(features(...list))).url);
    await heard(flags);
    return flags.state().definitionHash;
  };
  const parented = { dependencies: [{ feature: "biometric-master" }] };
  const master = { name: "biometric-master", enabled: true, strategies: [] };
  const base = await hashOf(flag(parented), master);
  expect(base).toMatch(/^[0-9a-f]{16}$/);
  expect(await hashOf({ ...parented, ...flag({}) }, { name: "other", enabled: true }, master)).toBe(base);
  expect(await hashOf(flag({ ...parented, strategies: [gradual("5")] }), master)).not.toBe(base);
  expect(await hashOf(flag(parented), { ...master, enabled: false })).not.toBe(base);
});
