import { readFile } from "node:fs/promises";
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

test("an administrator holds the circuit open, logins go straight to the password, and come back when it is given back", async ({
  console: page,
}) => {
  const face = await facePicture("clara");
  const customId = `held-circuit-${Date.now()}`;
  await enrol(customId, face);
  expect(await logIn(customId, face)).toMatchObject({ decision: "approved" });
  await page.goto("/service-health");
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Hold open…" }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Hold it open" }).click();
  await expect(dialog).toContainText("Say why");
  await dialog.getByLabel("Why").fill("Trying the switch");
  await dialog.getByRole("button", { name: "Hold it open" }).click();
  await expect(answer(page)).toHaveText(/^The circuit is held open until/);
  await expect(page.getByText("Held open by hand on 1 of 1")).toBeVisible();
  expect(await logIn(customId, face)).toMatchObject({ path: "legacy", reason: "circuit_held" });
  await expectAccessible(page);
  await keepPicture(page, "service-health-held");
  for (const path of ["/people", "/rollout/early-adopters"]) {
    await page.goto(path);
    await expect(page.getByText("the circuit to the API is held open by hand")).toBeVisible();
    await expectAccessible(page, ["light", "dark"]);
  }

  await page.goto("/service-health");
  await page.getByRole("button", { name: "Give back…" }).click();
  await dialog.getByLabel("Why").fill("It was tried");
  await dialog.getByRole("button", { name: "Give it back" }).click();
  await expect(page.getByText("Closed on 1 gateway")).toBeVisible();
  await expect.poll(async () => (await logIn(customId, face)).path).toBe("biometric");
});

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

  await page
    .getByRole("link", { name: /^Multibiometrics API: Fails/ })
    .first()
    .click();
  await expect(answer(page)).toHaveText("Multibiometrics API: fails. It is over");
  await expect(page.getByRole("complementary")).toContainText("Logins that went to the password3");
  await expectAccessible(page);
  await keepPicture(page, "incident");
  const [report] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Report for the provider" }).click(),
  ]);
  const text = await readFile(await report.path(), "utf8");
  expect(text.match(/^\d{4}-.* api_server_error +\d/gm)).toHaveLength(3);
  for (const customId of customIds) expect(text).not.toContain(customId);
});
