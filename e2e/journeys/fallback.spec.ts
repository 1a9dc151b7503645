import { facePicture } from "#e2e/fixtures/faces.ts";
import { endByPassword, enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { pageOf } from "#e2e/fixtures/members.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";

test.beforeAll(async () => {
  const face = await facePicture("ana", { width: 240 });
  const customId = `fallback-journey-${Date.now()}`;
  await enrol(customId, await facePicture("ana"));
  await logIn(customId, face);
  const other = await logIn(customId, await facePicture("bia", { width: 240 }));
  await endByPassword(other.loginId);
});

test("fallback is narrowed and split, and a figure leads to exactly the logins it counts", async ({
  console: page,
}) => {
  await page.goto("/fallback?span=24h");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/fell back|fall back/);
  await page.getByRole("button", { name: "Choose: Channel" }).click();
  await page.getByRole("dialog", { name: "Channel" }).getByRole("link", { name: "web" }).click();
  await expect(page).toHaveURL(/channel=web/);
  await page.keyboard.press("Escape");
  await page
    .getByRole("navigation", { name: "Split the chart by" })
    .getByRole("link", { name: "Reason" })
    .click();
  await expect(page).toHaveURL(/split=reason/);
  await expectAccessible(page);
  await keepPicture(page, "fallback");

  // The chart's table has the same ways as its picture.
  const chart = page.locator("section.sec", { hasText: "Fallback rate per hour" });
  await chart.getByRole("button", { name: "Table" }).click();
  const cell = chart
    .getByRole("cell")
    .filter({ has: page.getByRole("link") })
    .first();
  const [, counted = ""] = /([\d,]+) of [\d,]+/.exec((await cell.textContent()) ?? "") ?? [];
  await cell.getByRole("link").click();
  await expect(page).toHaveURL(/\/fallback\/logins\?.*channel=web/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    counted === "1" ? "1 login fell back" : `${counted} logins fell back`,
  );
  const rows = page.getByRole("table", { name: "Logins behind the figure" }).getByRole("row");
  await expect(rows).toHaveCount(Number(counted) + 1);
  await expectAccessible(page);
  await keepPicture(page, "fallback-logins");
  await rows
    .nth(1)
    .getByRole("link", { name: /^Try 1/ })
    .click();
  await expect(page).toHaveURL(/\/verifications\/[0-9a-f-]{36}$/);
});

test("who sees figures only is told how many logins there are, and none of them", async ({ browser }) => {
  const page = await pageOf(browser, "product_manager");
  await page.goto("/fallback?span=24h");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/fell back|fall back/);
  await expect(page.locator('main a[href^="/fallback/logins"]')).toHaveCount(0);
  await page.goto("/fallback/logins");
  await expect(page.getByRole("heading", { level: 2 })).toHaveText("Rows are for those who work with people");
  await expect(page.getByRole("table")).toHaveCount(0);
});
