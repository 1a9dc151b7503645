import type { Page } from "@playwright/test";
import { and, eq, isNull } from "drizzle-orm";
import { members } from "#db/schema/members.ts";
import { openInstallation } from "#e2e/fixtures/installation.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { makeMember } from "#lib/members/testing/make-member.ts";

const row = (page: Page, name: string) =>
  page.getByRole("table", { name: "Members" }).getByRole("row").filter({ hasText: name });

test("the last compliance officer stays, and nobody changes their own role", async ({ console: page }) => {
  const client = openInstallation();
  const isOfficer = and(eq(members.role, "compliance_officer"), isNull(members.disabledAt));
  const disableOfficers = () => client.db.update(members).set({ disabledAt: new Date() }).where(isOfficer);
  await disableOfficers();
  const officer = await makeMember(client.db, "compliance_officer");
  const second = await makeMember(client.db, "compliance_officer");
  await page.goto(`/settings/members?member=${officer.id}`);
  await expect(page.getByText("not your own role")).toHaveCount(1);
  await page.getByRole("complementary").getByRole("button", { name: "Disable…" }).click();
  // Meanwhile the other one goes, by whatever way.
  await client.db.update(members).set({ disabledAt: new Date() }).where(eq(members.id, second.id));
  await page.getByRole("button", { name: "Disable now" }).click();
  await expect(page.getByText("The last who can sign in with this role stays.").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(row(page, officer.email)).toContainText("the last one stays");
  const locked = page.getByRole("complementary").getByRole("button", { name: "Disable…" });
  await expect(locked).toHaveAttribute("aria-disabled", "true");
  await expect(locked).toHaveAccessibleDescription(/The last who can sign in with this role stays/);
  await client.close();
});
