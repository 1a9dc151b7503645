import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";
import { startReceiver, verified } from "#lib/notifications/testing/start-receiver.ts";

const region = (page: import("@playwright/test").Page, name: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true }) });

test("an administrator makes a webhook by keyboard, tests it, sees what came back, and removes it", async ({
  console: page,
}) => {
  const receiver = await startReceiver();
  const name = `Journey ${Date.now()}`;
  await page.goto("/settings/notifications");
  await expectAccessible(page);
  await page.getByRole("button", { name: "New target…" }).press("Enter");
  const dialog = page.getByRole("dialog");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Make target" }).press("Enter");
  await expect(dialog.getByText("Write a whole address", { exact: false })).toBeVisible();
  await dialog.getByLabel("Address").fill(receiver.url);
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Name").press("Enter");
  const secret = (await dialog.locator("code").textContent()) ?? "";
  expect(secret).toMatch(/^whsec_/);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "I have stored it" }).press("Enter");
  await expect(page.locator("body")).not.toContainText(secret);

  const target = region(page, name);
  await target.getByRole("button", { name: `Test: ${name}` }).press("Enter");
  await expect(target.getByRole("status")).toContainText(/Delivered, 200, [\d.,]+\s(ms|s)/);
  const [got] = receiver.received;
  if (!got) throw new Error("the receiver got nothing");
  expect(verified(secret, got)).toMatchObject({ type: "test", version: 1 });
  await expect(target.getByRole("row", { name: /Test.*Delivered, 200/ })).toBeVisible();

  receiver.answer = (response) => response.writeHead(503).end();
  await target.getByRole("button", { name: `Test: ${name}` }).press("Enter");
  await expect(target.getByRole("status")).toContainText("It answered 503.");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("misses what happens");
  await expectAccessible(page);
  await keepPicture(page, "settings-notifications");

  await target.getByRole("button", { name: `New secret…: ${name}` }).press("Enter");
  await dialog.getByRole("button", { name: "Make new secret" }).press("Enter");
  const renewed = (await dialog.locator("code").textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have stored it" }).press("Enter");
  receiver.answer = (response) => response.writeHead(204).end();
  await target.getByRole("button", { name: `Test: ${name}` }).press("Enter");
  await expect(target.getByRole("status")).toContainText("Delivered, 204");
  const both = receiver.received.at(-1);
  if (!both) throw new Error("the receiver got nothing");
  expect(verified(secret, both)).toEqual(verified(renewed, both));

  await target.getByRole("button", { name: `Remove…: ${name}` }).press("Enter");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Remove target" }).press("Enter");
  await expect(target).toHaveCount(0);
  await receiver.close();
});
