import type { Page } from "@playwright/test";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { pageOf } from "#e2e/fixtures/members.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";

/** Opens an act of the rollout, says why and does it. */
async function act(page: Page, opener: RegExp, submit: string): Promise<void> {
  await page.getByRole("button", { name: opener }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why").fill("Walked by a test");
  await dialog.getByRole("button", { name: submit, exact: true }).click();
  await expect(dialog).toBeHidden({ timeout: 20_000 });
}

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

test("a product manager leads a rollout from its plan to everybody, holds it, goes back, tries the way back and finishes", async ({
  browser,
}) => {
  const face = await facePicture("clara");
  await enrol("rollout-journey-1", face);
  const page = await pageOf(browser, "product_manager");
  await page.goto("/rollout");
  await expect(heading(page)).toHaveText(/Open to 100.%, without a plan/);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Plan a rollout…" }).click();

  await page.getByRole("radio", { name: /Few people/ }).check();
  await page.getByRole("textbox", { name: "Share of stage 2" }).fill("0");
  await page.getByRole("button", { name: "Remove stage 3" }).click();
  await page.getByRole("textbox", { name: "Share of stage 3" }).fill("100");
  await page.getByRole("button", { name: "Plan it" }).click();
  await expect(page.getByText("Must be above the stage before.")).toBeVisible();
  await expect(page.getByText("Name what is rolled out.")).toBeVisible();
  await expectAccessible(page);
  await keepPicture(page, "rollout-plan");
  await page.getByRole("textbox", { name: "Share of stage 2" }).fill("10");
  await page.getByLabel("What is rolled out").fill("journey 1");
  await page.getByRole("button", { name: "Plan it" }).click();
  await expect(heading(page)).toHaveText("Planned: it begins with the early adopters");

  await page.getByRole("button", { name: /Start with/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("back on the legacy login");
  await expect(dialog).toContainText("You approve exactly this");
  await dialog.getByRole("button", { name: "Start", exact: true }).click();
  await expect(dialog).toContainText("Say why");
  await expectAccessible(page);
  await keepPicture(page, "rollout-start");
  await dialog.getByLabel("Why").fill("Colleagues first");
  await dialog.getByRole("button", { name: "Start", exact: true }).click();
  await expect(heading(page)).toHaveText(/^At the early adopters(: not judged yet| until)/, {
    timeout: 20_000,
  });
  await expect
    .poll(async () => await logIn("rollout-journey-1", face), { timeout: 15_000 })
    .toMatchObject({ path: "legacy", reason: "not_exposed" });

  await act(page, /^Hold/, "Hold");
  await act(page, /^Resume/, "Resume");
  await expect(page.getByRole("button", { name: /^Hold/ })).toBeVisible();
  await act(page, /^Advance to 10/, "Advance now");
  await expect(heading(page)).toHaveText(/^At 10.%(: not judged yet| until)/);
  await act(page, /^Halt drill/, "Try it now");
  await expect(page.getByText(/Last drill/)).toContainText("1 of 1");
  await expectAccessible(page);
  await keepPicture(page, "rollout-stage");
  await act(page, /^Back to the early adopters/, "Go back now");
  await expect(heading(page)).toHaveText(/^At the early adopters/);
  await act(page, /^Advance to 10/, "Advance now");
  await expect(heading(page)).toHaveText(/^At 10.%/);
  await act(page, /^Advance to 100/, "Advance now");
  await expect(heading(page)).toHaveText(/^(At )?100.%/);
  await expect
    .poll(async () => (await logIn("rollout-journey-1", face)).path, { timeout: 15_000 })
    .toBe("biometric");
  await act(page, /^Finish/, "Finish");
  await expect(heading(page)).toHaveText(/Released to 100.%/);

  await page.getByRole("link", { name: "Everything" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Walked by a test" })).toHaveCount(8);
  await expect(page.getByRole("row").filter({ hasText: "Halt drill" })).toContainText(/1 of 1 in [\d.]+.m?s/);
  await expectAccessible(page);
  await page.context().close();
});
