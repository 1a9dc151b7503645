import { expect as check, type Page } from "@playwright/test";
import { letPass } from "#e2e/fixtures/code-app.ts";
import { type ConsoleBeside, startConsoleBeside } from "#e2e/fixtures/console-beside.ts";
import { type IdentityProvider, startIdentityProvider } from "#e2e/fixtures/identity-provider.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";
import { findFreePort } from "#scripts/supervisor/ports.ts";

let provider: IdentityProvider;
let beside: ConsoleBeside;
let url = "";

test.beforeAll(async () => {
  const port = await findFreePort();
  url = `http://127.0.0.1:${port}`;
  provider = await startIdentityProvider(url);
  beside = await startConsoleBeside(port, {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_ROLES: "gatehouse-admins=administrator,auditors=compliance_officer,staff=viewer",
    OIDC_ROLE_CLAIM: "groups",
    OIDC_NAME: "Company login",
  });
});
test.afterAll(async () => {
  await beside.stop();
  await provider.stop();
});

async function logIn(page: Page, login: string): Promise<void> {
  await page.getByLabel("Login").fill(login);
  await page.getByRole("button", { name: "Log in" }).click();
}

async function signOn(page: Page, login: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByRole("button", { name: "Sign in with Company login" }).click();
  await logIn(page, login);
}

test("somebody new signs on with the role of a claim, and the role follows it", async ({ page, context }) => {
  const email = `ana-${Date.now()}@company.example`;
  provider.people.set("ana", { email, verified: true, name: "Ana Prado", groups: ["staff"] });
  await page.goto(`${url}/sign-in?next=%2Fpeople`);
  await expectAccessible(page);
  await keepPicture(page, "sign-in-single-sign-on");
  await page.getByRole("button", { name: "Sign in with Company login" }).click();
  await logIn(page, "ana");
  await expect(page).toHaveURL(`${url}/people`);
  const account = page.getByRole("navigation", { name: "Main" }).getByTitle("Account and appearance");
  await expect(account).toHaveText(/Ana Prado.*Viewer/s);
  await page.goto(`${url}/account`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "You sign in with your company’s single sign-on",
  );
  await expectAccessible(page);
  await context.clearCookies();
  provider.people.set("ana", { email, verified: true, name: "Ana Prado", groups: ["gatehouse-admins"] });
  await signOn(page, "ana");
  await expect(account).toHaveText(/Ana Prado.*Administrator/s);
});

test("a sign-on that gives no role, or two that nobody holds together, is refused with a sentence", async ({
  page,
  context,
}) => {
  const person = { email: "bia@company.example", verified: true, name: "Bia" };
  provider.people.set("bia", { ...person, groups: ["cooks"] });
  await signOn(page, "bia");
  await expect(page.getByText("Company login knows you, but gives you no role in Gatehouse.")).toBeVisible();
  await expectAccessible(page);
  await context.clearCookies();
  provider.people.set("bia", { ...person, groups: ["auditors", "gatehouse-admins"] });
  await signOn(page, "bia");
  await expect(page.getByText("administrator and compliance officer at once")).toBeVisible();
});

test("a dangerous act asks for a fresh sign-on in a window beside it, and goes on", async ({
  page,
  context,
}) => {
  const email = `caio-${Date.now()}@company.example`;
  provider.people.set("caio", { email, verified: true, name: "Caio", groups: ["gatehouse-admins"] });
  await signOn(page, "caio");
  await expect(page).toHaveURL(`${url}/`);
  await letPass(email, { proofMinutes: 5 });
  await page.goto(`${url}/settings/applications`);
  const name = `Sign-on ${Date.now()}`;
  await page.getByRole("button", { name: "New application…" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Channels").fill("web");
  await page.getByRole("button", { name: "Make it and its key" }).click();
  const ask = page.getByRole("dialog", { name: "Confirm that it is you" });
  await expectAccessible(page);
  await keepPicture(page, "step-up-single-sign-on");
  const opened = context.waitForEvent("page");
  await ask.getByRole("button", { name: "Open the window" }).click();
  const beside = await opened;
  // The provider remembers Caio, and is made to ask all the same.
  await logIn(beside, "caio");
  await check(page.getByRole("heading", { level: 1 })).toHaveText(`${name} has not called yet`);
});
