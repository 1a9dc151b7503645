import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const { consoleUrl, gatewayUrl } = readJourneySettings();
const KEY = /^gk_live_[A-Za-z0-9_-]{43}$/;

/** What the gateway answers to a login with this key. */
async function answerTo(key: string): Promise<number> {
  const { status } = await fetch(new URL("/v1/logins", gatewayUrl), {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ customId: "applications-journey", channel: "web" }),
  });
  return status;
}

/** Tabs to the element, as somebody without a mouse does. */
async function reach(page: Page, target: Locator): Promise<void> {
  const hasFocus = () => target.evaluate((element) => element === document.activeElement);
  for (let tabs = 0; tabs < 80 && !(await hasFocus()); tabs += 1) await page.keyboard.press("Tab");
  await expect(target).toBeFocused();
}

async function press(page: Page, target: Locator): Promise<void> {
  await reach(page, target);
  await page.keyboard.press("Enter");
}

async function shownKey(page: Page): Promise<string> {
  const shown = page.getByText(KEY);
  await expect(shown).toBeVisible();
  return (await shown.textContent()) ?? "";
}

test("an administrator makes an application, changes its key without a pause and ends the old one, by keyboard alone", async ({
  console: page,
}) => {
  const name = `Journey ${Date.now()}`;
  const heading = page.getByRole("heading", { level: 1 });
  const dialog = page.getByRole("dialog");
  const keys = page.getByRole("table", { name: "Live keys" });

  await page.goto("/settings/applications");
  await press(page, page.getByRole("button", { name: "New application…" }));
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.type("Web kiosk kiosk");
  await press(page, dialog.getByRole("button", { name: "Make it and its key" }));
  await expect(dialog.getByText("“Web” cannot be used")).toBeVisible();
  await expect(dialog.getByText("“kiosk” stands here twice")).toBeVisible();
  await expect(dialog.getByLabel("Name")).toHaveValue(name);
  await expectAccessible(page);
  await keepPicture(page, "applications-new");
  await reach(page, dialog.getByLabel("Channels"));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("web");
  await press(page, dialog.getByRole("button", { name: "Make it and its key" }));

  await expect(heading).toHaveText(`${name} has not called yet`);
  const first = await shownKey(page);
  expect(page.url()).not.toContain(first.slice(8));
  await expect(page.getByRole("button", { name: "Copy" })).toBeFocused();
  await expectAccessible(page);
  await keepPicture(page, "applications-key-once");
  await expect.poll(() => answerTo(first)).toBe(201);
  await expect(heading).toHaveText(`${name} calls with one live key, made today`, { timeout: 20_000 });
  await press(page, page.getByRole("button", { name: "I have stored it" }));
  await expect(page.getByText(KEY)).toBeHidden();
  const again = await page.goto(page.url());
  expect(await again?.text()).not.toContain(first);
  await expect(keys.getByRole("row", { name: first.slice(-4) })).toContainText("Live");

  await press(page, page.getByRole("button", { name: "New key…" }));
  await expect(dialog.getByLabel("Days until the old key ends")).toHaveValue("7");
  await expectAccessible(page);
  await press(page, dialog.getByRole("button", { name: "Make the key" }));
  await expect(heading).toHaveText(`${name} is changing its key: two are live`);
  const second = await shownKey(page);
  expect(second).not.toBe(first);
  await expect.poll(() => answerTo(second)).toBe(201);
  expect(await answerTo(first)).toBe(201);
  const line = page.getByRole("list", { name: `Rotation of ${name}` });
  await expect(line.locator("[aria-current=step]")).toContainText("All calls on it", { timeout: 20_000 });
  await expectAccessible(page);
  await keepPicture(page, "applications-rotating");

  await press(page, page.getByRole("button", { name: "Revoke now…" }).last());
  await expect(dialog).toHaveAccessibleName(`Revoke the key •••• ${first.slice(-4)} of ${name}?`);
  await expect(dialog.getByText(`the key •••• ${second.slice(-4)}`)).toBeVisible();
  await press(page, dialog.getByRole("button", { name: "Revoke now" }));
  await expect(dialog.getByText("Say why.")).toBeVisible();
  await expectAccessible(page);
  await keepPicture(page, "applications-revoke");
  await reach(page, dialog.getByRole("radio").first());
  await page.keyboard.press("Space");
  await press(page, dialog.getByRole("button", { name: "Revoke now" }));
  await expect(heading).toHaveText(`${name} calls with one live key, made today`);
  await expect.poll(() => answerTo(first)).toBe(401);
  expect(await answerTo(second)).toBe(201);

  await press(page, page.getByRole("button", { name: "Disable…" }));
  await expect(dialog.getByText("401 key_refused on every call, within seconds")).toBeVisible();
  await expectAccessible(page);
  await reach(page, dialog.getByRole("radio").first());
  await page.keyboard.press("Space");
  await press(page, dialog.getByRole("button", { name: "Disable now" }));
  await expect(heading).toHaveText(`${name} is disabled: its calls are refused`);
  await expect.poll(() => answerTo(second)).toBe(401);
  await expectAccessible(page);
  await press(page, page.getByRole("button", { name: "Enable…" }));
  await press(page, dialog.getByRole("button", { name: "Enable it" }));
  await expect.poll(() => answerTo(second)).toBe(201);
});

test("of two administrators who change one application the second is told, and sees what the first did", async ({
  console: page,
  context,
}) => {
  await page.goto("/settings/applications");
  await page.getByRole("button", { name: "New application…" }).click();
  const name = `Shared ${Date.now()}`;
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Make it and its key" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);

  const other = await context.newPage();
  await other.goto(page.url());
  for (const [who, changed] of [
    [page, "first"],
    [other, "second"],
  ] as const) {
    await who.getByRole("button", { name: "Change name and channels…" }).click();
    await who.getByRole("dialog").getByLabel("Name").fill(`${name} ${changed}`);
  }
  await page.getByRole("button", { name: "Change it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`${name} first`);
  await other.getByRole("button", { name: "Change it" }).click();
  await expect(other.getByRole("dialog").getByText("Somebody changed this meanwhile.")).toBeVisible();
  await expect(other.getByRole("dialog").getByLabel("Name")).toHaveValue(`${name} second`);
  await expect(other.getByRole("heading", { level: 1, includeHidden: true })).toContainText(`${name} first`);
  await other.close();
});

test("the applications are told in Portuguese, with nothing left in English", async ({
  console: page,
  context,
}) => {
  await context.addCookies([{ name: "gatehouse.locale", value: "pt-BR", url: consoleUrl }]);
  await page.goto("/settings/applications");
  await expect(page).toHaveTitle(/Aplicações/);
  await expect(page.getByRole("table", { name: "Aplicações" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Nova aplicação…" }).click();
  await page.getByRole("button", { name: "Criar com a chave" }).click();
  await expect(page.getByRole("dialog").getByText("Dê um nome a ela.")).toBeVisible();
  await expectAccessible(page);
});
