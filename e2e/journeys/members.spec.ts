import type { Browser, Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { expect, expectAccessible, keepPicture, signIn, test } from "#e2e/fixtures/test.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const { consoleUrl } = readJourneySettings();
const LINK = /\/invitation#[A-Za-z0-9_-]{43}$/;
const PASSWORD = "a sentence of my own, kept in mind";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const row = (page: Page, name: string) =>
  page.getByRole("table", { name: "Members" }).getByRole("row").filter({ hasText: name });

/** A browser of somebody else, with everything it sends. */
async function otherBrowser(browser: Browser, locale = "en-GB") {
  const context = await browser.newContext({ baseURL: consoleUrl, locale });
  const page = await context.newPage();
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.url(), request.headers().referer ?? ""));
  return { page, sent, close: () => context.close() };
}

/** Invites somebody on the members' page and hands out the link. */
async function invite(page: Page, email: string, name: string, role: string): Promise<string> {
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: /^Invite…/ }).click();
  await dialog.getByLabel("Work e-mail").fill(email);
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("radio", { name: new RegExp(`^${role}`) }).check();
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  const shown = page.getByText(LINK);
  await expect(shown).toBeVisible();
  return (await shown.textContent()) ?? "";
}

/** Sets up a code app on one's own account and hands out the recovery codes. */
async function setUpCodeApp(page: Page): Promise<string[]> {
  const dialog = page.getByRole("dialog");
  await page.goto("/account");
  await page.getByRole("button", { name: "Set up a code app…" }).click();
  const secret = dialog.locator(".secret-letters code");
  await expect(secret).toBeVisible();
  const letters = ((await secret.textContent()) ?? "").replaceAll(" ", "");
  await dialog.getByLabel("Code the app shows now").fill(new TOTP({ secret: letters }).generate());
  await dialog.getByRole("button", { name: "Check the code" }).click();
  const codes = dialog.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  const written = await codes.allTextContents();
  await dialog.getByRole("button", { name: "I have stored them" }).click();
  return written;
}

/** Signs in with the password and then a recovery code, as somebody whose phone is not at hand. */
async function signInWithRecoveryCode(page: Page, email: string, code: string | undefined): Promise<void> {
  await signIn(page, email, PASSWORD);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByLabel("Recovery code", { exact: true }).fill(code ?? "");
  await page.getByRole("button", { name: /^Sign in/ }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

test("somebody is invited, comes in by the link, sets up a code app, and is out at the next click after a change", async ({
  console: page,
  browser,
}) => {
  test.setTimeout(180_000);
  const name = `Vera ${Date.now()}`;
  const email = `vera-${Date.now()}@company.example`;
  const dialog = page.getByRole("dialog");
  await page.goto("/settings/members");
  await expect(async () => {
    await page.keyboard.press("n");
    await expect(dialog).toBeVisible({ timeout: 500 });
  }).toPass();
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(dialog.getByText("Choose a role.")).toBeVisible();
  await expectAccessible(page);
  await keepPicture(page, "members-invite");
  await page.keyboard.press("Escape");

  const link = await invite(page, email, name, "Viewer");
  const token = link.split("#")[1] ?? "";
  await expect(page.getByRole("button", { name: "Copy" })).toBeFocused();
  await expect(row(page, name)).toContainText("Not set up");
  expect(page.url()).not.toContain(token);
  await expectAccessible(page);
  await keepPicture(page, "members-link-once");
  await page.getByRole("button", { name: "I have handed it over" }).click();
  const again = await page.goto(page.url());
  expect(await again?.text()).not.toContain(token);

  const guest = await otherBrowser(browser);
  await guest.page.goto(link);
  await expect(heading(guest.page)).toHaveText("Welcome. Choose your password");
  await expect(guest.page).toHaveURL("/invitation");
  await guest.page.getByLabel("Password", { exact: true }).fill("too short");
  await guest.page.getByRole("button", { name: "Set the password" }).click();
  await expect(guest.page.getByText("Write at least 12 characters.")).toBeVisible();
  await expectAccessible(guest.page);
  await keepPicture(guest.page, "invitation");
  // The other language loses neither the link nor the way on.
  await guest.page.getByRole("button", { name: "Português" }).click();
  await expect(heading(guest.page)).toHaveText("Boas-vindas. Escolha a sua senha");
  await guest.page.getByRole("button", { name: "English" }).click();
  await guest.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await guest.page.getByRole("button", { name: "Set the password" }).click();
  await expect(heading(guest.page)).toHaveText("Your account is ready");
  await expectAccessible(guest.page);
  expect(guest.sent.filter((text) => text.includes(token))).toEqual([]);
  await guest.page.goto(link);
  await expect(heading(guest.page)).toHaveText("This link was used already");
  await guest.page.getByRole("link", { name: "Go to sign-in" }).click();

  await signIn(guest.page, email, PASSWORD);
  await expect(guest.page).toHaveURL("/");
  const [first, second, third] = await setUpCodeApp(guest.page);
  await guest.page.context().clearCookies();
  await signInWithRecoveryCode(guest.page, email, first);

  await page.reload();
  await expect(row(page, name)).toContainText("Code app");
  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "Change role…" }).click();
  await dialog.getByRole("radio", { name: /^Product manager/ }).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Change it" }).click();
  await expect(row(page, name)).toContainText("Product manager");
  await guest.page.goto("/verifications");
  await expect(guest.page.getByText("Your session was ended.")).toBeVisible();
  await signInWithRecoveryCode(guest.page, email, second);
  await expect(guest.page.getByRole("link", { name: "Settings" })).toBeVisible();

  await page.reload();
  await page.getByRole("button", { name: "Disable…" }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Disable now" }).click();
  await expect(row(page, name)).toContainText("Disabled");
  await guest.page.getByRole("link", { name: "Settings" }).click();
  await expect(guest.page).toHaveURL(/sign-in/);
  await signIn(guest.page, email, PASSWORD);
  await expect(guest.page.getByText("E-mail and password do not match.")).toBeVisible();

  await page.getByRole("button", { name: "Enable…" }).click();
  await dialog.getByRole("button", { name: "Enable", exact: true }).click();
  await expect(row(page, name)).not.toContainText("Disabled");
  await signInWithRecoveryCode(guest.page, email, third);
  await guest.close();
});

test("a link that was taken back, replaced or never made says what to do next", async ({
  console: page,
  browser,
}) => {
  const email = `nora-${Date.now()}@company.example`;
  const dialog = page.getByRole("dialog");
  await page.goto("/settings/members");
  const link = await invite(page, email, "Nora", "Compliance officer");
  const guest = await otherBrowser(browser);
  const opens = async (address: string, told: string) => {
    // Away first: another link in the same page is a change of the address alone.
    await guest.page.goto("about:blank");
    await guest.page.goto(address);
    await expect(heading(guest.page)).toHaveText(told);
  };
  await opens("/invitation", "Open the link you were sent");
  await expectAccessible(guest.page);
  await opens("/invitation#nothing-of-ours", "This link opens nothing");
  await page.getByRole("complementary").getByRole("button", { name: "Send again" }).click();
  await dialog.getByRole("button", { name: "Send it" }).click();
  await expect(page.getByText(LINK)).not.toHaveText(link);
  const newer = (await page.getByText(LINK).textContent()) ?? "";
  await opens(link, "This link was taken back");
  await opens(newer, "Welcome. Choose your password");
  await page.getByRole("button", { name: "Take back…" }).click();
  await dialog.getByRole("button", { name: "Take it back" }).click();
  await expect(row(page, email)).toHaveCount(0);
  await guest.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await guest.page.getByRole("button", { name: "Set the password" }).click();
  await expect(heading(guest.page)).toHaveText("This link was taken back");
  await guest.close();
});

test("the members and their rights are told in Portuguese, by keyboard too", async ({
  console: page,
  context,
}) => {
  await context.addCookies([{ name: "gatehouse.locale", value: "pt-BR", url: consoleUrl }]);
  await page.goto("/settings/members");
  await expect(page).toHaveTitle(/Membros/);
  const table = page.getByRole("table", { name: "Membros" });
  await expect(table).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(table.getByRole("link").first()).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/member=/);
  await page.getByRole("link", { name: /^Todos os \d+ atos/ }).click();
  const rights = page.getByRole("table", { name: "Quem pode o quê" });
  await expect(rights.getByRole("row", { name: /Membros e funções/ })).toContainText(
    "pede o segundo fator: sim",
  );
  await expect(rights.getByRole("row", { name: /Exportar a auditoria/ })).toBeVisible();
  await expectAccessible(page);
  await keepPicture(page, "members-pt-BR");
});
