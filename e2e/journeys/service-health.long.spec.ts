import type { Page } from "@playwright/test";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { endByPassword, enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { mendApi, playFaults } from "#e2e/fixtures/sandbox.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";

const MINUTE_MS = 60_000;
const answer = (page: Page) => page.getByRole("heading", { level: 1 });
const nowOf = (page: Page, call: string) =>
  page
    .getByRole("row", { name: new RegExp(`^${call} `) })
    .getByRole("cell")
    .nth(4);

test.afterEach(mendApi);

/** Each fault at a call of its own, so that all of them are seen at once. */
const FAULTS = [
  {
    plan: {
      verify: { kind: "drop" },
      enroll: { kind: "quota" },
      update: { kind: "rate_limit" },
      delete: { kind: "server_error", status: 502 },
    },
    said: { verify: "Not reachable", enroll: "Volume used up", update: "Called too often", delete: "Fails" },
  },
  {
    plan: {
      verify: { kind: "half_open" },
      enroll: { kind: "garbage" },
      update: { kind: "plain_text" },
      delete: { kind: "unauthorized" },
    },
    said: {
      verify: "No answer in time",
      enroll: "Answer unreadable",
      update: "Unexpected answer",
      delete: "Key refused",
    },
  },
  {
    plan: { verify: { kind: "latency", ms: 2_500 }, enroll: { kind: "slow_drip", ms: 500 } },
    said: { verify: "Slow", enroll: "No answer in time", update: "Working", delete: "Working" },
  },
] as const;

for (const { plan, said } of FAULTS)
  test(`faults appear with their causes within a minute, and go by themselves: ${Object.values(said).join(", ")}`, async ({
    console: page,
  }) => {
    test.setTimeout(5 * MINUTE_MS);
    await page.goto("/service-health");
    await expect(answer(page)).toHaveText(/^All parts work/, { timeout: MINUTE_MS });
    await playFaults(plan);
    await expect(answer(page)).toHaveText("The API is in trouble", { timeout: MINUTE_MS });
    for (const [call, cause] of Object.entries(said))
      await expect(nowOf(page, call)).toHaveText(cause, { timeout: MINUTE_MS });
    await expectAccessible(page);
    await mendApi();
    await expect(answer(page)).toHaveText(/^All parts work\. The API was in trouble for/, {
      timeout: 1.5 * MINUTE_MS,
    });
  });

test("an incident says how many logins fell back because of it", async ({ console: page }) => {
  test.setTimeout(5 * MINUTE_MS);
  const face = await facePicture("ana", { width: 240 });
  const customIds = ["one", "two", "three"].map((name) => `service-health-${name}-${Date.now()}`);
  for (const customId of customIds) await enrol(customId, await facePicture("ana"));
  await page.goto("/service-health");
  await expect(answer(page)).toHaveText(/^All parts work/, { timeout: MINUTE_MS });
  await playFaults({ "*": { kind: "server_error", status: 503 } });
  await expect(answer(page)).toHaveText("The API is in trouble", { timeout: MINUTE_MS });
  for (const customId of customIds) {
    const login = await logIn(customId, face);
    expect(login.decision).toBe("use_legacy");
    await endByPassword(login.loginId);
  }
  await expect(page.getByText("3 logins have gone to the password so far")).toBeVisible({
    timeout: MINUTE_MS,
  });
  await keepPicture(page, "service-health-trouble");
  await mendApi();
  await expect(page.getByText("3 logins of 3 people went to the password")).toBeVisible({
    timeout: 1.5 * MINUTE_MS,
  });
  await keepPicture(page, "service-health-over");
});
