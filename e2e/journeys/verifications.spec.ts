import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";

const MORE_THAN_A_PAGE = 52;

test("verifications are paged, filtered by outcome, and opened one by one", async ({ console: page }) => {
  test.setTimeout(120_000);
  const customId = "verifications-journey-1";
  const face = await facePicture("ana", { width: 240 });
  await enrol(customId, await facePicture("ana"));
  for (let made = 0; made < MORE_THAN_A_PAGE; made += 4) {
    await Promise.all([1, 2, 3, 4].map(() => logIn(customId, face)));
  }
  await logIn(customId, await facePicture("bia"));

  await page.goto("/verifications");
  const rows = page.getByRole("table", { name: "Verifications" }).getByRole("row");
  await expect(rows).toHaveCount(51);
  await expectAccessible(page);
  await keepPicture(page, "verifications");
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page.getByRole("link", { name: "Newer" })).toBeVisible();
  await page.getByRole("link", { name: "Newer" }).click();
  await expect(rows).toHaveCount(51);

  const filters = page.getByRole("complementary", { name: "Filters" });
  await filters.getByRole("link", { name: /^Not matched/ }).click();
  await expect(page).toHaveURL(/outcome=not_matched/);
  await expect(rows.nth(1)).toContainText("Not matched");
  await expect(
    page.getByRole("table", { name: "Verifications" }).getByText("Matched", { exact: true }),
  ).toHaveCount(0);
  expect(page.url()).not.toContain(customId);
  await rows.nth(1).getByRole("link").first().click();
  await expect(page).toHaveURL(/\/verifications\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The face did not match the enrolled one");
  await expectAccessible(page);
  await keepPicture(page, "verification");
});
