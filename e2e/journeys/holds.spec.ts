import type { Page } from "@playwright/test";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol } from "#e2e/fixtures/gateway.ts";
import { pageOf } from "#e2e/fixtures/members.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";

const dialog = (page: Page) => page.getByRole("dialog");
const rail = (page: Page) => page.getByRole("complementary");

/** From the list of people to the page of one, as somebody who knows the CustomID. */
async function openPerson(page: Page, customId: string): Promise<string> {
  await page.goto("/people");
  await page.getByRole("textbox", { name: "CustomID" }).fill(customId);
  await page.getByRole("link", { name: customId }).click();
  await expect(page).toHaveURL(/\/people\/[0-9a-f-]{36}$/);
  return page.url();
}

test("a legal hold keeps a record from being deleted until another person releases it, and a second administrator decides the deletion", async ({
  console: page,
  browser,
}) => {
  await enrol("holds-journey-1", await facePicture("bia"));
  const url = await openPerson(page, "holds-journey-1");
  const officer = await pageOf(browser, "compliance_officer");
  await officer.goto(url);
  await officer.getByRole("button", { name: "Place a legal hold…" }).click();
  await dialog(officer).getByLabel("Why").fill("Another case");
  await page.getByRole("button", { name: "Place a legal hold…" }).click();
  await dialog(page).getByRole("button", { name: "Place the hold" }).click();
  await expect(dialog(page)).toContainText("Say why: it stands in the audit log.");
  await dialog(page).getByLabel("Why").fill("Case 12 of the labour court");
  await dialog(page).getByRole("button", { name: "Place the hold" }).click();
  await expect(rail(page)).toContainText("Case 12 of the labour court");
  await expect(rail(page)).toContainText("You placed this hold.");
  await expect(page.getByRole("button", { name: "Delete the record…" })).toHaveCount(0);
  await expectAccessible(page);
  await keepPicture(page, "person-held");

  await dialog(officer).getByRole("button", { name: "Place the hold" }).click();
  await expect(dialog(officer)).toContainText("A hold stands already");
  await expect(dialog(officer)).not.toContainText("Check the marked fields");
  await dialog(officer).getByRole("button", { name: "Leave it" }).click();
  await officer.getByRole("button", { name: "Release the hold…" }).click();
  await dialog(officer).getByLabel("Why").fill("The case is over");
  await dialog(officer).getByRole("button", { name: "Release the hold" }).click();
  await expect(rail(officer)).toContainText("Nothing is kept from erasure");
  await officer.context().close();

  await page.reload();
  await page.getByRole("button", { name: "Delete the record…" }).click();
  await dialog(page)
    .getByRole("radio", { name: /^Test data/ })
    .check();
  await dialog(page).getByLabel("Why").fill("Left from a trial");
  await expectAccessible(page);
  await keepPicture(page, "person-delete");
  await dialog(page).getByRole("button", { name: "Put before a colleague" }).click();
  await expect(page).toHaveURL(/\/requests\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("main")).toContainText("deletion, test data");

  const second = await pageOf(browser, "administrator");
  await second.goto(page.url());
  await second.getByRole("button", { name: "Approve…" }).click();
  await dialog(second).getByRole("button", { name: "Approve", exact: true }).click();
  await expect(second.getByRole("button", { name: "Approve…" })).toHaveCount(0);
  await expectAccessible(second);
  await keepPicture(second, "deletion-approved");
  await second.goto(url);
  await expect(rail(second)).toContainText("An erasure was approved and is being carried out");
  await second.context().close();
});
