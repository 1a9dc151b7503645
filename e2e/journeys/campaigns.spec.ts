import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";

test("an administrator opens a campaign after mistakes that lose nothing, hands out links once, takes one back and closes it", async ({
  console: page,
}) => {
  const name = `Journey ${Date.now()}`;
  await page.goto("/integration");
  await page.getByRole("link", { name: "New campaign…" }).first().click();
  await expect(page.getByRole("definition").first()).toHaveText("60");
  // Of the form's own start: 12 conditions on each of 5 devices, twice, three pictures each, and every one swapped.
  await expect(page.getByText("A link tried on every device ends at 725 calls.")).toBeVisible();
  const device = page.getByLabel("Name of device 2");
  await device.fill("android 13 AND later");
  await page.getByLabel("Tries wanted per cell").fill("four");
  await page.getByRole("button", { name: "Open the campaign" }).press("Enter");
  await expect(page.getByText("Give each device a name of its own", { exact: false })).toBeVisible();
  await expect(page.getByText("Write a number from 5 to 200.")).toBeVisible();
  await expect(page.getByText("Give it a name", { exact: false })).toBeVisible();
  await expect(device).toHaveValue("android 13 AND later");
  await expectAccessible(page);
  await device.fill("=Old phones");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Tries wanted per cell").fill("20");
  await page.getByRole("checkbox", { name: "flat" }).press("Space");
  await expect(page.getByRole("definition").first()).toHaveText("80");
  await page.getByRole("button", { name: "Open the campaign" }).press("Enter");

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nobody has a link yet");
  await expect(page.getByRole("rowheader", { name: "=Old phones" })).toHaveCount(2);
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Issue links…" }).press("Enter");
  await dialog.getByLabel("Links").fill("51");
  await dialog.getByRole("button", { name: "Issue the links" }).press("Enter");
  await expect(dialog.getByText("Write a number from 1 to 50.")).toBeVisible();
  await dialog.getByLabel("Links").fill("2");
  await dialog.getByRole("button", { name: "Issue the links" }).press("Enter");
  const links = page.getByRole("listitem").locator("code");
  await expect(links).toHaveCount(2);
  const address = (await links.first().textContent()) ?? "";
  expect(address).toMatch(/\/campaign#[\w-]{43}$/);
  await page.getByRole("button", { name: "Show as code" }).first().press("Enter");
  await expect(page.getByRole("img", { name: "QR code of the link of tester 1" })).toBeVisible();
  await expectAccessible(page, ["light", "dark"]);
  await page.getByRole("button", { name: "Handed out" }).press("Enter");
  await expect(page.locator("body")).not.toContainText(address);
  await page.reload();
  expect(await page.content()).not.toContain(address.slice(-43));

  const testers = page.getByRole("table", { name: "Testers" });
  await testers
    .getByRole("row", { name: /Tester 2/ })
    .getByRole("button")
    .press("Enter");
  await dialog.getByRole("button", { name: "Take back the link" }).press("Enter");
  await expect(testers.getByRole("row", { name: /Tester 2/ })).toContainText("Link taken back");

  await page.getByRole("button", { name: "Close the campaign…" }).press("Enter");
  await expect(dialog.getByText("One link stops working.")).toBeVisible();
  await dialog.getByRole("button", { name: "Close it now" }).press("Enter");
  await expect(page.getByText(/It was closed/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Issue links…" })).toHaveCount(0);
  await keepPicture(page, "campaign");
  await page.goto("/integration");
  await expect(page.getByRole("table", { name: "Campaigns" }).getByRole("row", { name })).toContainText(
    "Closed",
  );
});
