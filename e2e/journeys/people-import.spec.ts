import { readFile } from "node:fs/promises";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";

const csv = (text: string) => ({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

test("an administrator sees what a file would bring, imports it, takes out the lines left out, and nothing comes twice", async ({
  console: page,
}) => {
  const stamp = Date.now();
  const file = csv(
    `CustomID;BioPassID;Modalidades;Base legal\nimport-${stamp}-1;b-1;rosto;11-I\nimport-${stamp}-2;;dedo 2, dedo 7;Consentimento\nimport-${stamp}-3;b-3;iris;11-I\n`,
  );
  await page.goto("/people");
  // A page that has only just come may not hear keys yet.
  await expect(async () => {
    await page.getByRole("link", { name: "Import…" }).press("Enter");
    await expect(page).toHaveURL(/people\/import/, { timeout: 2_000 });
  }).toPass();
  await expect(page.getByRole("heading", { level: 1, name: "Import people" })).toBeVisible();
  await expectAccessible(page);

  const picker = page.locator("input[type=file]");
  await picker.setInputFiles(csv("name\nsomebody\n"));
  await expect(page.getByText("lacks these columns: CustomID, Modalities, Legal basis")).toBeVisible();
  await picker.setInputFiles(file);
  await expect(page.getByRole("main").getByRole("status")).toContainText(
    "2 people of 3 rows would be imported.",
  );
  await expect(
    page.getByRole("row", { name: /neither face nor the number of a finger.* 1 4/ }),
  ).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Import 2 people" }).press("Enter");
  await expect(page.getByRole("main").getByRole("status")).toContainText("2 people of 3 rows were imported.");
  await keepPicture(page, "people-import");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download the lines left out" }).press("Enter"),
  ]);
  expect(await readFile(await download.path(), "utf8")).toContain('4,"A modality is neither face');

  await picker.setInputFiles(file);
  await expect(page.getByRole("main").getByRole("status")).toContainText(
    "2 are known already and stay as they are.",
  );
  await expect(page.getByRole("button", { name: /^Import / })).toHaveCount(0);
});
