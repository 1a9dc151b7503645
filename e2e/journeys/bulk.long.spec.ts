import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { facePicture } from "#e2e/fixtures/faces.ts";
import { enrol, logIn } from "#e2e/fixtures/gateway.ts";
import { openInstallation } from "#e2e/fixtures/installation.ts";
import { pageOf } from "#e2e/fixtures/members.ts";
import { expect, expectAccessible, keepPicture, test } from "#e2e/fixtures/test.ts";
import { LOCALE_COOKIE } from "#lib/i18n/locales.ts";
import { readJourneySettings } from "#lib/settings/journeys.ts";

const PEOPLE = 1_000;
const { stateDir, sandboxUrl } = readJourneySettings();
const peopleFolder = join(stateDir, "sandbox", "people");

/** The process of a part of this installation, by what only it was started with. */
function pidOf(entry: string, variable: string): number {
  for (const name of readdirSync("/proc").filter((one) => /^\d+$/.test(one))) {
    try {
      if (!readFileSync(`/proc/${name}/cmdline`, "utf8").includes(entry)) continue;
      if (readFileSync(`/proc/${name}/environ`, "utf8").split("\0").includes(variable)) return Number(name);
    } catch {
      // Ended while we looked.
    }
  }
  throw new Error(`${entry} does not run.`);
}
const worker = () => pidOf("worker/main.ts", `GATEHOUSE_AUDIT_DIR=${join(stateDir, "worker")}`);
const sandbox = () => pidOf("sandbox/main.ts", `SANDBOX_DATA_DIR=${join(stateDir, "sandbox")}`);

async function kill(pid: () => number): Promise<void> {
  const killed = pid();
  process.kill(killed, "SIGKILL");
  await expect.poll(() => attempt(pid), { timeout: 30_000 }).not.toBe(killed);
  await expect.poll(() => attempt(pid), { timeout: 30_000 }).toBeGreaterThan(0);
}

function attempt(pid: () => number): number {
  try {
    return pid();
  } catch {
    return 0;
  }
}

/** People the API really holds: one face, enrolled once, laid down under many names before the API starts anew. */
async function enrolMany(customIds: readonly string[]): Promise<void> {
  await enrol("bulk-original", await facePicture("bia"));
  const files = readdirSync(peopleFolder).map((name) =>
    JSON.parse(readFileSync(join(peopleFolder, name), "utf8")),
  );
  const original = files.find(({ customId }) => customId === "bulk-original");
  for (const [place, customId] of customIds.entries()) {
    const bioPassId = `${original.bioPassId.slice(0, -4)}${String(place).padStart(4, "0")}`;
    const name = createHash("sha256").update(customId).digest("hex");
    writeFileSync(join(peopleFolder, `${name}.json`), JSON.stringify({ ...original, customId, bioPassId }));
  }
  await kill(sandbox);
  await expect
    .poll(
      () =>
        fetch(sandboxUrl).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 30_000 },
    )
    .toBeGreaterThan(0);
  const client = openInstallation();
  await client.sql`
    insert into people (id, custom_id, custom_id_folded, status, legal_basis, bucket, created_at, enrolled_at, face_enrolled)
    select gen_random_uuid(), id, id, 'enrolled', 'lgpd_11_i_consent', 1, now(), now(), true
    from unnest(${[...customIds]}::text[]) id`;
  await client.close();
}

const heldAtApi = (prefix: string): number =>
  readdirSync(peopleFolder).filter((name) =>
    JSON.parse(readFileSync(join(peopleFolder, name), "utf8")).customId.startsWith(prefix),
  ).length;

async function inPortuguese(browser: Browser, role: "compliance_officer" | "administrator"): Promise<Page> {
  const page = await pageOf(browser, role);
  await page.context().addCookies([{ name: LOCALE_COOKIE, value: "pt-BR", url: new URL(page.url()).origin }]);
  return page;
}

const answer = (page: Page) => page.getByRole("heading", { level: 1 });

test("mil eliminações numa lista, com o worker morto no meio: nenhuma se perde, nenhuma vem duas vezes", async ({
  browser,
}) => {
  test.setTimeout(900_000);
  const customIds = Array.from(
    { length: PEOPLE },
    (_, place) => `bulk-${String(place + 1).padStart(4, "0")}`,
  );
  await enrolMany(customIds);
  const face = await facePicture("bia");
  expect(heldAtApi("bulk-")).toBe(PEOPLE + 1);

  const officer = await inPortuguese(browser, "compliance_officer");
  await officer.goto("/requests/lists/new");
  await officer.getByRole("radio", { name: "Pedido veio de um contato conhecido" }).check();
  const buffer = Buffer.from(["CustomID", ...customIds].join("\r\n"));
  await officer
    .getByLabel("Arquivo", { exact: true })
    .setInputFiles({ name: "ex-clientes.csv", mimeType: "text/csv", buffer });
  await keepPicture(officer, "bulk-1-new");
  await officer.getByRole("button", { name: "Entregar" }).click();
  await expect(answer(officer)).toHaveText(/^1\.000 de 1\.000 linhas podem virar pedidos/, {
    timeout: 120_000,
  });
  await keepPicture(officer, "bulk-2-checked");
  await officer.getByRole("button", { name: /^Abrir 1\.000 pedidos/ }).click();
  await officer.getByLabel("A sua análise").fill("Deixaram de ser clientes; o consentimento terminou.");
  await officer.getByRole("button", { name: "Abrir", exact: true }).click();
  await expect(answer(officer)).toHaveText(/^1\.000 pedidos esperam uma segunda pessoa/, {
    timeout: 300_000,
  });
  await keepPicture(officer, "bulk-3-proposed");

  const second = await inPortuguese(browser, "administrator");
  await second.goto(officer.url());
  await second.getByRole("button", { name: /^Aprovar 1\.000…/ }).click();
  await keepPicture(second, "bulk-4-approve");
  await second.getByRole("dialog").getByRole("button", { name: "Aprovar 1.000", exact: true }).click();
  await expect(answer(second)).toHaveText(/^1\.000 titulares esperam até/, { timeout: 300_000 });
  await keepPicture(second, "bulk-5-waiting");

  // The delay in which the list can be taken back passes at once; nothing else is moved by hand.
  const client = openInstallation();
  await client.sql`update data_requests set execute_at = now() where batch_id is not null and state = 'scheduled'`;
  await client.sql`update request_batches set execute_at = now()`;
  const done = async () =>
    (
      await client.sql<
        { n: number }[]
      >`select count(*)::int as n from data_requests where state = 'completed'`
    )[0]?.n ?? 0;
  await expect.poll(done, { timeout: 300_000 }).toBeGreaterThan(PEOPLE / 4);
  await keepPicture(second, "bulk-6-running");
  const doneAtKill = await done();
  expect(doneAtKill).toBeLessThan(PEOPLE);
  await kill(worker);
  await expect.poll(done, { timeout: 120_000 }).toBeGreaterThan(doneAtKill + 20);
  await keepPicture(second, "bulk-7-after-the-kill");
  await expect.poll(done, { timeout: 600_000 }).toBe(PEOPLE);
  await expect(answer(second)).toHaveText(/^Tudo feito: 1\.000 de 1\.000 eliminados e comprovados/, {
    timeout: 60_000,
  });
  await expectAccessible(second);
  await keepPicture(second, "bulk-8-done");

  expect(heldAtApi("bulk-")).toBe(1);
  expect(await logIn("bulk-original", face)).toMatchObject({ decision: "approved" });
  const [counts] = await client.sql`
    select (select count(*)::int from request_receipts) as receipts,
      (select count(*)::int from people where custom_id like 'bulk-%') as people,
      (select count(*)::int from (select request_id from request_attempts where kind = 'delete' and state <> 'refused'
        group by request_id having count(*) > 1) twice) as twice,
      (select count(*)::int from request_attempts where code = 'cut_off') as cut`;
  expect(counts).toMatchObject({ receipts: PEOPLE, people: 1, twice: 0 });
  process.stdout.write(
    `  the bulk: ${doneAtKill} of ${PEOPLE} done when the worker was killed, ${counts?.cut} acts cut off\n`,
  );
  await client.close();
});
