import { asFile, facePicture } from "#e2e/fixtures/faces.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";

const CUSTOM_ID = "overview-journey";

test.beforeAll(async () => {
  const face = asFile(await facePicture("clara")).buffer;
  // Already enrolled where this ran before.
  await enrol(CUSTOM_ID, face).catch(() => {});
  await logIn(CUSTOM_ID, face);
});

test("figures left open say how old they are, and a refresh that fails leaves them standing", async ({
  console: page,
  watch,
}) => {
  watch.expect(/503/);
  await page.clock.install();
  await page.goto("/");
  const answer = await page.getByRole("heading", { level: 1 }).textContent();
  await expect(page.getByText(/^As of \d\d:\d\d$/)).toBeVisible();
  const asked: string[] = [];
  page.on("request", (request) => {
    // How long the session still holds is asked by every page, and is no use of it.
    const isOfSession = request.url().endsWith("/api/session");
    if (["fetch", "xhr"].includes(request.resourceType()) && !isOfSession) asked.push(request.url());
  });
  // Time passes for the figures from when the page lives, which may be after it is seen.
  await expect(async () => {
    await page.clock.fastForward("03:10");
    await expect(page.getByText(/^As of \d\d:\d\d, \d+ minutes old$/)).toBeVisible({ timeout: 1000 });
  }).toPass();
  expect(asked, "asked without being told to").toEqual([]);
  await expectAccessible(page);
  await page.route("**/api/health", (route) => route.fulfill({ status: 503, json: { status: "down" } }));
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText(/^The refresh failed\./)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(answer ?? "");
  await keepPicture(page, "overview-stale");
  await page.unroute("**/api/health");
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByRole("button", { name: "Refresh" })).toHaveCount(0);
});

test("a chart is read as a table and filtered by its legend, by keyboard alone", async ({
  console: page,
}) => {
  await page.goto("/");
  const section = page.locator("section.sec", { has: page.locator(".legend") }).first();
  await expect(section.getByRole("img")).toHaveAccessibleName(/\d/);
  await expectAccessible(page);
  const legend = section.getByRole("listitem").getByRole("button");
  const names = (await legend.allTextContents()).map((text) => text.replace(/\s*[\d,]+$/, ""));
  await legend.first().focus();
  await page.keyboard.press("Enter");
  await expect(legend.first()).toHaveAttribute("aria-pressed", "false");
  await section.getByRole("button", { name: "Table" }).focus();
  await page.keyboard.press("Enter");
  const heads = section.getByRole("columnheader");
  await expect(heads.first()).toHaveText(/Day|Hour/);
  // The series switched off in the legend is not in the table either.
  expect((await heads.allTextContents()).slice(1, names.length)).toEqual(names.slice(1));
  await expectAccessible(page);
});
