import "server-only";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { type Grant, grantOf } from "#lib/auth/policy.ts";
import type { PermittedViewer } from "#lib/auth/types.ts";
import { requireCaller, requireViewer } from "#lib/auth/viewer.ts";
import { findCircuitSwitch } from "#lib/circuit/queries.ts";
import { heldUntilOf } from "#lib/circuit/rules.ts";
import { consoleAuditKey } from "#lib/console/audit.ts";
import { consoleLedger } from "#lib/console/ledger.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { maskCustomId } from "#lib/people/rules.ts";
import { findIntent } from "#lib/rollout/queries.ts";
import { bucketOf } from "#lib/unleash/bucket.ts";
import { loginKeyOf } from "#lib/unleash/login-key.ts";
import type { Adder } from "./add-adopters.ts";
import { importFile } from "./import-file.ts";
import { type AdopterRow, countCohort, findAdopter, findKnown, listAdopters } from "./queries.ts";
import { answerOf, losesPath } from "./rules.ts";
import type { AdopterCursor, AdopterItem, AskedAdopter, ImportAnswer } from "./types.ts";

const NOTHING_ASKED = { exposurePercent: 0, offersEarlyAdopters: false, halted: false };

/** The cohort as its page shows it: figures, and a page of the list with no more of CustomIDs than the reader may see. */
export async function loadEarlyAdopters(cursor: AdopterCursor | null) {
  const viewer = await requireViewer("early_adopters.read");
  const db = consoleDatabase();
  const intent = (await findIntent(db)) ?? NOTHING_ASKED;
  const [figures, page, circuit] = await Promise.all([
    countCohort(db),
    listAdopters(db, cursor),
    findCircuitSwitch(db),
  ]);
  const mayOpen = grantOf(viewer.role, "person.view") !== null;
  const { rows, ...ways } = page;
  return {
    figures,
    intent,
    circuitHeldUntil: heldUntilOf(circuit, new Date()),
    page: { ...ways, adopters: rows.map((row) => itemOf(row, { grant: viewer.grant, mayOpen, intent })) },
    mayChange: grantOf(viewer.role, "early_adopters.change") !== null,
    sight: viewer.grant === "full" ? ("whole" as const) : ("masked" as const),
  };
}

type Sight = { grant: Grant; mayOpen: boolean; intent: typeof NOTHING_ASKED };

function itemOf(row: AdopterRow, { grant, mayOpen, intent }: Sight): AdopterItem {
  const { place, customId, personId, bucket, ...rest } = row;
  const person = rest.status === null || bucket === null ? null : { status: rest.status, bucket };
  return {
    ...rest,
    id: String(place),
    customId: grant === "full" ? customId : maskCustomId(customId),
    personId: mayOpen ? personId : null,
    losesPath: losesPath(person, intent),
  };
}

/** Whether this CustomID, exactly as written, is in the cohort, and what the rollout says to its next login. */
export async function findAsked(
  db: DatabaseOrTransaction,
  customId: string,
  now: Date,
): Promise<AskedAdopter> {
  const [adopter, person, intent] = await Promise.all([
    findAdopter(db, customId),
    findKnown(db, customId),
    findIntent(db),
  ]);
  const asked = intent ?? NOTHING_ASKED;
  const bucket = person?.bucket ?? bucketOf(loginKeyOf(consoleSettings().loginKeySecret, customId));
  return {
    added: adopter && { at: adopter.addedAt, by: adopter.addedBy },
    losesPath: adopter !== null && losesPath(person, asked),
    answer: answerOf({ person, isIn: adopter !== null, bucket }, asked, now),
  };
}

/** What adding and removing needs of this process. */
export const consoleAdder = ({ memberId: id, role }: Pick<PermittedViewer, "memberId" | "role">): Adder => ({
  actor: { id, role },
  auditKey: consoleAuditKey(),
  refOf: (customId) => consoleLedger().refOf(customId),
});

/** Looks through a file as it comes, or imports the one of this SHA-256, and says what comes of it. */
export async function loadImport(
  bytes: AsyncIterable<Uint8Array>,
  expectedSha256: string | null,
): Promise<ImportAnswer> {
  const viewer = await requireCaller("early_adopters.change");
  return importFile(consoleDatabase(), { bytes, expectedSha256 }, consoleAdder(viewer), new Date());
}
