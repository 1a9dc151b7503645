import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { addressesNaming } from "#e2e/fixtures/people.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const { stateDir } = readJourneySettings();
const CUSTOM_ID = "identifiers-journey-7";
const NOBODY = "identifiers-nobody-8";

test("who is searched, opened, verified or logged in is named by no address, Referer, history or log", async ({
  console: page,
  watch,
}) => {
  await enrol(CUSTOM_ID, await facePicture("bia"));
  await logIn(CUSTOM_ID, await facePicture("bia", { width: 400 }));
  await page.goto("/people");
  const box = page.getByRole("textbox", { name: "CustomID" });
  for (const typed of [NOBODY, CUSTOM_ID]) {
    await box.fill(typed);
    await expect(page.getByText(typed).first()).toBeVisible();
  }
  await page.getByRole("link", { name: new RegExp(CUSTOM_ID) }).click();
  await expect(page).toHaveURL(/\/people\/[0-9a-f-]{36}$/);
  await page.reload();
  await page.goto("/sample");
  await page.getByLabel("Member number").fill(CUSTOM_ID);
  await page.getByRole("button", { name: "Log in with your face" }).click();
  await expect(page.getByLabel("Upload a picture")).toBeAttached();
  await page.goBack();

  expect(watch.addresses.length).toBeGreaterThan(20);
  expect(watch.addresses.filter((address) => address.includes("identifiers-"))).toEqual([]);
  // The same question must be able to say yes.
  const wrong = `http://console.example/people?q=${encodeURIComponent(CUSTOM_ID)}`;
  expect(await addressesNaming([wrong])).toEqual([wrong]);

  const logs = await readdir(join(stateDir, "logs"));
  expect(logs).toEqual(expect.arrayContaining(["gateway.log", "console.log", "sandbox.log", "worker.log"]));
  for (const name of logs) {
    const text = await readFile(join(stateDir, "logs", name), "utf8");
    expect([name, text.includes("identifiers-")]).toEqual([name, false]);
  }
});
