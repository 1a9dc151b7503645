import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";

test("a reader changes to Portuguese and to the dark, and both stay", async ({ console: page }) => {
  const face = await facePicture("clara");
  await enrol("languages-journey-1", face);
  await logIn("languages-journey-1", face);
  await page.goto("/");
  const account = page.getByRole("navigation", { name: "Main" }).getByTitle("Account and appearance");
  await account.click();
  await page.getByRole("button", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await account.click();
  await page.getByRole("button", { name: "Português" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "pt-BR");
  for (const [path, picture] of [
    ["/", "overview.pt-BR-dark"],
    ["/people", "people.pt-BR-dark"],
    ["/verifications", "verifications.pt-BR-dark"],
    ["/sample", "sample.pt-BR-dark"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
    await expect(page.locator("html")).toHaveAttribute("lang", "pt-BR");
    await expectAccessible(page);
    await keepPicture(page, picture);
  }
});
