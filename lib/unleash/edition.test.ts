import { expect, test } from "vitest";
import type { UnleashAdmin } from "./admin.ts";
import { readEdition } from "./live-flag.ts";

const CONFIG = {
  version: "7.5.1",
  environment: "Enterprise",
  resourceLimits: { featureEnvironmentStrategies: 50 },
};

/** No Enterprise edition runs here: its answers as its API describes them. */
function answering(changeRequests: unknown): UnleashAdmin {
  const refuse = async () => ({ ok: false, code: "request_refused", status: 400 }) as const;
  return {
    async get(path, schema) {
      const answer = path === "/ui-config" ? CONFIG : changeRequests;
      const parsed = schema.safeParse(answer);
      return parsed.success
        ? { ok: true, value: parsed.data }
        : { ok: false, code: "not_found", status: 404 };
    },
    post: refuse,
    patch: refuse,
    put: refuse,
    remove: refuse,
  };
}

const rows = (environment: string, changeRequestEnabled: boolean) => [{ environment, changeRequestEnabled }];

test.each([
  ["an edition with change requests on refuses what is written directly", rows("production", true), "on"],
  ["those of another environment do not matter", rows("development", true), "off"],
  ["those that are off do not matter", rows("production", false), "off"],
  ["an edition that does not know them has none", undefined, "absent"],
])("%s", async (_, config, changeRequests) => {
  expect(await readEdition(answering(config), "production")).toEqual({
    ok: true,
    value: { edition: "Enterprise", version: "7.5.1", limits: { strategies: 50, changeRequests } },
  });
});
