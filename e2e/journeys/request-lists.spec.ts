import { Buffer } from "node:buffer";
import { openInstallation } from "#e2e/fixtures/installation.ts";
import { pageOf } from "#e2e/fixtures/members.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";
import { newId } from "#lib/ids.ts";

/** People known here by a row alone: nobody of them is sent anywhere before the delay is over. */
async function makePeople(prefix: string, count: number): Promise<string[]> {
  const client = openInstallation();
  const customIds = Array.from({ length: count }, (_, place) => `${prefix}-${place + 1}`);
  await client.sql`
    insert into people (id, custom_id, custom_id_folded, status, legal_basis, bucket, created_at, face_enrolled)
    select gen_random_uuid(), id, id, 'enrolled', 'lgpd_11_i_consent', 1, now(), true
    from unnest(${customIds}::text[]) id`;
  await client.close();
  return customIds;
}

const csv = (lines: string[]) => ({
  name: "left-members.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(lines.join("\r\n")),
});

test("a list is handed in, its bad rows are seen, and a second person approves the good ones", async ({
  console: administrator,
  browser,
}) => {
  const prefix = `list-${newId().slice(-8)}`;
  const [first = "", ...others] = await makePeople(prefix, 3);
  const officer = await pageOf(browser, "compliance_officer");
  await officer.goto("/requests/lists/new");
  await expectAccessible(officer);

  const file = officer.getByLabel("File", { exact: true });
  await officer.getByRole("radio", { name: "Asked from a contact we know" }).check();
  await file.setInputFiles(csv(["name;age", "Ana;3"]));
  await officer.getByRole("button", { name: "Hand in" }).click();
  await expect(officer.getByText("none is called CustomID")).toBeVisible();
  await expect(officer.getByRole("radio", { name: "Asked from a contact we know" })).toBeChecked();

  const bad = [first, "", `${prefix}-unknown`, first.toUpperCase()];
  await file.setInputFiles(csv(["Custom ID;name", ...[first, ...others, ...bad].map((id) => `${id};x`)]));
  await officer.getByRole("button", { name: "Hand in" }).click();
  await expect(officer.getByRole("heading", { level: 1 })).toHaveText(
    "3 of 7 rows can become requests; 4 are left out",
  );
  const left = officer.getByRole("table", { name: "Rows left out" });
  await expect(left.getByRole("row", { name: /row 2 counts instead/ })).toBeVisible();
  await expect(left.getByRole("row", { name: /differs only in capitals/ })).toBeVisible();
  await expectAccessible(officer);
  await keepPicture(officer, "request-list-checked");
  await officer.getByRole("link", { name: /^Not known here/ }).click();
  await expect(left.getByRole("row")).toHaveCount(3);
  const download = officer.waitForEvent("download");
  await officer.getByRole("button", { name: "The 4 as CSV" }).click();
  expect((await download).suggestedFilename()).toMatch(/^BULK-\d{4}-\d{4}\.csv$/);

  await officer.getByRole("button", { name: /^Open 3 requests/ }).click();
  await officer.getByLabel("Your assessment").fill("They left; consent ended.");
  await officer.getByRole("button", { name: "Open them" }).click();
  await expect(officer.getByRole("heading", { level: 1 })).toHaveText("3 requests wait for a second person", {
    timeout: 20_000,
  });
  await expect(officer.getByRole("button", { name: "Approve 3…" })).toHaveAttribute("aria-disabled", "true");

  await administrator.goto(officer.url());
  await administrator.getByRole("button", { name: "Approve 3…" }).click();
  await expectAccessible(administrator);
  await administrator.getByRole("dialog").getByRole("button", { name: "Approve 3", exact: true }).click();
  await expect(administrator.getByRole("heading", { level: 1 })).toHaveText(/^3 people wait until/, {
    timeout: 20_000,
  });
  await expect(administrator.getByRole("img", { name: /3 waiting/ })).toBeVisible();
  await administrator.getByRole("button", { name: "Pause…" }).click();
  await administrator.getByRole("dialog").getByRole("button", { name: "Pause", exact: true }).click();
  await expect(administrator.getByRole("button", { name: "Go on…" })).toBeVisible();
  await administrator.getByRole("link", { name: "All, row by row" }).click();
  const all = administrator.getByRole("table", { name: "All requests of the list" });
  await expect(all.getByRole("link", { name: /^REQ-/ })).toHaveCount(3);
  await expectAccessible(administrator);
  await keepPicture(administrator, "request-list-approved");

  // Nobody is to be erased behind the other journeys' back.
  await administrator.getByRole("button", { name: "Take the list back…" }).click();
  await administrator.getByLabel("Reason").fill("handed in by mistake");
  await administrator.getByRole("button", { name: "Take it back", exact: true }).click();
  await expect(administrator.getByRole("heading", { level: 1 })).toHaveText("Taken back; nobody was touched");
  await officer.context().close();
});
