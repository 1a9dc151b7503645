import type { Page } from "@playwright/test";
import { freshCode, letPass } from "#e2e/fixtures/code-app.ts";
import { entriesBy, openInstallation } from "#e2e/fixtures/installation.ts";
import { expect, expectAccessible, keepPicture, signIn, test } from "#e2e/fixtures/test.ts";
import { MEMBER_PASSWORD, makeMember } from "#lib/members/testing/make-member.ts";

const client = openInstallation();
test.afterAll(() => client.close());

/** Reads the secret off the set-up's dialog, gives its code and answers secret and recovery codes. */
async function setUpCodeApp(page: Page, email: string) {
  const dialog = page.getByRole("dialog", { name: "Set up a code app" });
  await expect(dialog.getByRole("img", { name: "Code to scan with a code app" })).toBeVisible();
  const secret = ((await dialog.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent()) ?? "").replaceAll(
    " ",
    "",
  );
  await dialog.getByLabel("Code the app shows now").fill(await freshCode(email, secret));
  await dialog.getByRole("button", { name: "Check the code" }).click();
  const codes = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  return { secret, recoveryCodes: await codes.allInnerTexts() };
}

async function signedIn(page: Page) {
  const { id, email } = await makeMember(client.db, "administrator");
  await signIn(page, email, MEMBER_PASSWORD);
  await expect(page).toHaveURL("/");
  return { id, email };
}

test("a dangerous act asks for a proof once, keeps what was typed, and remembers it for five minutes", async ({
  page,
}) => {
  const { id, email } = await signedIn(page);
  const name = `Proof ${Date.now()}`;
  await page.goto("/settings/applications");
  const make = async (suffix: string) => {
    await page.getByRole("button", { name: "New application…" }).click();
    const form = page.getByRole("dialog", { name: "Make a new application" });
    await form.getByLabel("Name").fill(name + suffix);
    await form.getByLabel("Channels").fill("web");
    await form.getByRole("button", { name: "Make it and its key" }).click();
    return form;
  };
  const made = (suffix: string) => page.getByRole("heading", { level: 1, name: `${name}${suffix} has not` });

  const form = await make("");
  const setUp = page.getByRole("dialog", { name: "Set up a code app" });
  await expect(setUp.getByLabel("Code the app shows now")).toBeFocused();
  await expectAccessible(page);
  await keepPicture(page, "code-app-set-up");
  await page.keyboard.press("Escape");
  await expect(form.getByText("Confirm first that it is you")).toBeVisible();
  await expect(form.getByLabel("Name")).toHaveValue(name);
  await form.getByRole("button", { name: "Make it and its key" }).click();
  await setUp.getByLabel("Code the app shows now").fill("000000");
  await setUp.getByRole("button", { name: "Check the code" }).click();
  await expect(setUp.getByText("This code does not fit")).toBeVisible();
  const { secret } = await setUpCodeApp(page, email);
  await expectAccessible(page);
  await keepPicture(page, "recovery-codes");
  await page.getByRole("button", { name: "I have stored them, go on" }).click();
  await expect(made("")).toBeVisible();

  await make(" 2");
  await expect(made(" 2")).toBeVisible();

  await letPass(email, { proofMinutes: 5 });
  await make(" 3");
  const ask = page.getByRole("dialog", { name: "Confirm that it is you" });
  await expect(ask.getByLabel("Code of your code app")).toBeFocused();
  await expectAccessible(page);
  await keepPicture(page, "step-up");
  await page.keyboard.type("000000");
  await page.keyboard.press("Enter");
  await expect(ask.getByText("This code does not fit")).toBeVisible();
  await ask.getByLabel("Code of your code app").fill(await freshCode(email, secret));
  await page.keyboard.press("Enter");
  await expect(made(" 3")).toBeVisible();

  await letPass(email, { proofMinutes: 4 });
  await make(" 4");
  await expect(made(" 4")).toBeVisible();
  const actions = (await entriesBy(client, id)).map(({ action }) => action);
  for (const action of ["code_app.set_up", "recovery_code.create", "session.refuse_step_up"])
    expect(actions).toContain(action);
  expect(actions.filter((action) => action === "session.step_up")).toHaveLength(2);
});

test("password, code, recovery code; one's own account; and nothing is left after signing out", async ({
  page,
  watch,
}) => {
  watch.expect(/status of 401/);
  const { email } = await signedIn(page);
  await page.getByRole("navigation", { name: "Main" }).getByTitle("Account and appearance").click();
  await page.getByRole("link", { name: "Your account" }).click();
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("Your account is kept by a password alone");
  await expectAccessible(page);
  await letPass(email, { proofMinutes: 5 });
  await page.getByRole("button", { name: "Set up a code app…" }).click();
  await page.getByLabel("Your password", { exact: true }).fill(MEMBER_PASSWORD);
  await page.getByRole("button", { name: "Next" }).click();
  const { secret, recoveryCodes } = await setUpCodeApp(page, email);
  await page.getByRole("button", { name: "I have stored them" }).click();
  await expect(heading).toHaveText("Your account is kept by a password and a code app");
  await expectAccessible(page);
  await keepPicture(page, "account");

  const signOut = async () => {
    await page.getByRole("navigation", { name: "Main" }).getByTitle("Account and appearance").click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByText("You are signed out.")).toBeVisible();
  };
  await page.goto("/people");
  await signOut();
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);

  await signIn(page, email, MEMBER_PASSWORD);
  const field = page.getByLabel("Code of your code app");
  await expect(field).toBeFocused();
  await expectAccessible(page);
  await keepPicture(page, "sign-in-code");
  await field.fill("000000");
  await page.keyboard.press("Enter");
  await expect(page.getByText("This code does not fit")).toBeVisible();
  await field.fill(await freshCode(email, secret));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/(people)?$/);
  await signOut();

  await signIn(page, email, MEMBER_PASSWORD);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByLabel("Recovery code", { exact: true }).fill((recoveryCodes[0] ?? "").toUpperCase());
  await page.getByRole("button", { name: /^Sign in Enter/ }).click();
  await expect(page).toHaveURL("/");
  await page.goto("/account");
  await expect(page.getByText(/^9 left/)).toBeVisible();
  await page.getByRole("button", { name: "Change password…" }).click();
  await page.getByLabel("Present password").fill(MEMBER_PASSWORD);
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Change password", exact: true }).click();
  await expect(page.getByText("Write at least 12 characters.")).toBeVisible();
  await page.getByLabel("New password").fill("another password for tests");
  await page.getByRole("button", { name: "Change password", exact: true }).click();
  await expect(page.getByText("Your password is changed")).toBeVisible();
});

test("a page warns before the session ends without use, keeps it where somebody is there, and leaves when it ended", async ({
  page,
  watch,
}) => {
  watch.expect(/status of 401/);
  const { email } = await signedIn(page);
  await page.clock.install();
  await page.goto("/people");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const warning = page.getByRole("dialog", { name: "Are you still there?" });
  await letPass(email, { idleSeconds: 28 * 60 + 30 });
  await page.clock.fastForward("28:30");
  await expect(warning).toBeVisible();
  await expectAccessible(page);
  await keepPicture(page, "idle-warning");
  await warning.getByRole("button", { name: "Stay signed in" }).click();
  await expect(warning).toBeHidden();

  await letPass(email, { idleSeconds: 29 * 60 });
  await page.clock.fastForward("28:30");
  await expect(warning).toBeVisible();
  await letPass(email, { idleSeconds: 30 * 60 });
  await page.clock.fastForward("01:00");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fpeople&ended=idle/);
  await expect(page.getByText("Your session ended after 30 minutes without use.")).toBeVisible();
  await page.getByLabel("Work e-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(MEMBER_PASSWORD);
  await page.getByRole("button", { name: /^Continue/ }).click();
  await expect(page).toHaveURL("/people");
});

test("em português: entrar, configurar o aplicativo autenticador, confirmar", async ({ page, context }) => {
  const { email } = await signedIn(page);
  await context.addCookies([{ name: "gatehouse.locale", value: "pt-BR", url: page.url() }]);
  await page.goto("/account");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Só uma senha protege a sua conta");
  await page.getByRole("button", { name: "Configurar um aplicativo…" }).click();
  const dialog = page.getByRole("dialog", { name: "Configurar um aplicativo autenticador" });
  await expect(dialog.getByLabel("Código que o aplicativo mostra agora")).toBeFocused();
  await expectAccessible(page);
  await keepPicture(page, "code-app-set-up.pt-BR");
  const secret = ((await dialog.locator("code").textContent()) ?? "").replaceAll(" ", "");
  await page.keyboard.type(await freshCode(email, secret));
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Já guardei" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Uma senha e um aplicativo autenticador protegem a sua conta",
  );
  await letPass(email, { proofMinutes: 5 });
  await page.getByRole("button", { name: "Novos códigos de recuperação…" }).click();
  await page.getByRole("button", { name: "Criar novos" }).click();
  const ask = page.getByRole("dialog", { name: "Confirme que é você" });
  await ask.getByLabel("Código do seu aplicativo autenticador").fill(await freshCode(email, secret));
  await ask.getByRole("button", { name: "Confirmar e continuar" }).click();
  await expect(page.getByRole("list", { name: "Códigos de recuperação" }).getByRole("listitem")).toHaveCount(
    10,
  );
  await expectAccessible(page);
  await keepPicture(page, "recovery-codes.pt-BR");
});
