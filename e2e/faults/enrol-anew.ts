import { setTimeout as delay } from "node:timers/promises";
import { openDatabase } from "#db/client.ts";
import { enrolPerson } from "#lib/enrolments/enrol-person.ts";
import type { EnrolmentDesk } from "#lib/enrolments/types.ts";
import { newId } from "#lib/ids.ts";
import { openLedger } from "#lib/ledger/open-ledger.ts";
import { createMultibiometrics } from "#lib/multibiometrics/client.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";

type Place = { databaseUrl: string; apiUrl: string; apiKey: string; ledgerDir: string; ledgerSecret: string };

/** What came of the tries: refused as long as an erasure is under way, and not made where PostgreSQL was away. */
export type EnrolAnewFigures = { refused: number; enrolled: number; away: number };

const PAUSE_MS = 40;

/** People who do not know that they are being erased: they try to enrol, one after the other and over again, until each is in. */
export function enrolAnew(names: readonly string[], place: Place) {
  const figures: EnrolAnewFigures = { refused: 0, enrolled: 0, away: 0 };
  const database = openDatabase(place.databaseUrl, { connections: 1, applicationName: "gatehouse-faults" });
  const { apiUrl: url, apiKey } = place;
  const api = createMultibiometrics({ url, apiKey, qualityApiKey: apiKey });
  const erasureLedger = openLedger({ folder: place.ledgerDir, secret: place.ledgerSecret });
  const desk: EnrolmentDesk = {
    inDatabase: (work) => work(database.db),
    api,
    policy: { version: 1, values: DEFAULT_POLICY_VALUES },
    loginKeyOf: (customId) => customId,
    erasureLedger,
    clock: () => new Date(),
  };
  const finished = keepTrying(desk, names, figures).finally(() =>
    Promise.all([api.close(), erasureLedger.close(), database.close()]),
  );
  return { figures, finished };
}

async function keepTrying(desk: EnrolmentDesk, names: readonly string[], figures: EnrolAnewFigures) {
  const waiting = [...names];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const isIn = await tryToEnrol(desk, name, figures);
    if (isIn) figures.enrolled += 1;
    else waiting.push(name);
    await delay(PAUSE_MS);
  }
}

async function tryToEnrol(desk: EnrolmentDesk, customId: string, figures: EnrolAnewFigures) {
  const capture = { face: "a-face", fingers: {}, fingerNumbers: [] };
  const actor = { source: "gateway", applicationId: newId() } as const;
  const asked = { customId, legalBasis: "lgpd_11_i_consent", capture: { ok: true, capture }, actor } as const;
  try {
    const done = await enrolPerson(desk, asked);
    // With an earlier try that was settled after all.
    if (done.ok || done.code === "already_enrolled") return true;
    figures.refused += 1;
  } catch {
    figures.away += 1;
  }
  return false;
}
