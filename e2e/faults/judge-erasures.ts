import type { Sql } from "postgres";
import { readLedger } from "#lib/ledger/queries.ts";
import { ledgerRefOf } from "#lib/ledger/rules.ts";
import type { LedgerFact } from "#lib/ledger/types.ts";
import type { ArrivedDelete, NamesApi } from "./names-api.ts";

type Act = { id: string; kind: string; state: string; code: string | null; intendedAt: number };
type Erased = {
  requestId: string;
  state: string;
  closedAt: number | null;
  acts: Act[];
  /** The acts that the audit log knows. */
  logged: string[];
  receipts: number;
};

export type Judged = { acts: number; probes: number; cutOff: number; receipts: number; violations: string[] };

type World = {
  sql: Sql;
  api: NamesApi;
  /** Whom each request is about; after an erasure nothing in the database says so. */
  requests: ReadonlyMap<string, string>;
  /** Those who enrolled after it. */
  anew: ReadonlySet<string>;
  ledgerDir: string;
  ledgerSecret: string;
};

/** Looks at everything that carried-out erasures left behind: database, ledger and what the API saw. Says what must not be. */
export async function judgeErasures(world: World): Promise<Judged> {
  const { sql, api, requests, anew } = world;
  const erased = await listErased(sql);
  const facts = await readFacts(world);
  const arrivals = groupedBy(api.deletes, ({ customId }) => customId);
  const violations: string[] = [];
  for (const one of erased) {
    const customId = requests.get(one.requestId) ?? "nobody";
    const own = facts.get(ledgerRefOf(world.ledgerSecret, customId)) ?? [];
    const wrong = [
      ...judgeActs(one),
      ...judgeArrivals(one, arrivals.get(customId) ?? []),
      ...judgeLedger(own, anew.has(customId)),
    ];
    violations.push(...wrong.map((what) => `${customId}: ${what}`));
  }
  if (erased.length !== requests.size) violations.push(`${erased.length} requests of ${requests.size}`);
  violations.push(...(await judgeWhoIsLeft(world)));
  const acts = erased.flatMap((one) => one.acts);
  return {
    acts: acts.length,
    probes: acts.filter(({ kind }) => kind === "probe").length,
    cutOff: acts.filter(({ code }) => code === "cut_off").length,
    receipts: erased.reduce((sum, { receipts }) => sum + receipts, 0),
    violations,
  };
}

function judgeActs({ state, acts, logged, receipts }: Erased): string[] {
  const wrong: string[] = [];
  if (state !== "completed") wrong.push(`is ${state}`);
  const had = acts.filter(({ state: outcome }) => outcome !== "refused");
  if (had.filter(({ kind }) => kind === "delete").length !== 1) wrong.push("not one executing delete");
  if (had.slice(1).some(({ kind }) => kind !== "probe")) wrong.push("an act after the delete is no probe");
  if (acts.some(({ id }) => !logged.includes(id)) || logged.length !== acts.length)
    wrong.push("acts and the log differ");
  if (receipts !== 1) wrong.push(`${receipts} receipts`);
  return wrong;
}

function judgeArrivals({ acts, closedAt }: Erased, arrived: readonly ArrivedDelete[]): string[] {
  const wrong: string[] = [];
  const last = arrived.at(-1);
  if (arrived.some(({ found }) => found === "anew")) wrong.push("a DELETE hit a new enrolment");
  if (last?.found !== null) wrong.push("called complete without a probe that found nobody");
  if (last && closedAt !== null && last.at > closedAt) wrong.push("a DELETE after the end");
  const isUnintended = ({ at }: ArrivedDelete, place: number) =>
    acts.filter(({ intendedAt }) => intendedAt <= at).length <= place;
  if (arrived.some(isUnintended)) wrong.push("a DELETE without its intent");
  return wrong;
}

function judgeLedger(facts: readonly LedgerFact[], isAnew: boolean): string[] {
  const last = facts.toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1);
  const isErased = facts.some(({ kind }) => kind === "erasure");
  return isErased && last?.kind === (isAnew ? "enrolment" : "erasure") ? [] : ["the ledger says otherwise"];
}

async function judgeWhoIsLeft({ sql, api, anew }: World): Promise<string[]> {
  const people = await sql<{ customId: string; status: string }[]>`
    select custom_id as "customId", status from people`;
  const isLeft = (customId: string) => !anew.has(customId);
  return [
    ...people
      .filter(({ customId }) => isLeft(customId))
      .map(({ customId }) => `${customId}: still a person here`),
    ...people
      .filter(({ status }) => status !== "enrolled")
      .map(({ customId }) => `${customId}: not enrolled`),
    ...[...api.people.keys()].filter(isLeft).map((customId) => `${customId}: still at the API`),
    ...[...anew].filter((name) => !api.people.has(name)).map((name) => `${name}: the new enrolment is gone`),
    ...(people.length === anew.size ? [] : [`${people.length} people here of ${anew.size}`]),
  ];
}

const listErased = (sql: Sql) =>
  sql<Erased[]>`
    select r.id as "requestId", r.state, (extract(epoch from r.closed_at) * 1000)::float8 as "closedAt",
      coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'state', a.state, 'code', a.code,
          'intendedAt', extract(epoch from a.intended_at) * 1000) order by a.number)
        from request_attempts a where a.request_id = r.id), '[]') as acts,
      array(select e.details ->> 'attemptId' from audit_entries e
        where e.entity_type = 'request' and e.entity_id = r.id::text and e.action = 'request.attempt') as logged,
      (select count(*)::integer from request_receipts p where p.request_id = r.id) as receipts
    from data_requests r`;

async function readFacts({ ledgerDir, ledgerSecret }: World): Promise<Map<string, LedgerFact[]>> {
  const facts: LedgerFact[] = [];
  // A line that a kill cut in the middle was never acknowledged.
  for await (const fact of readLedger(ledgerDir, ledgerSecret, () => undefined)) facts.push(fact);
  return groupedBy(facts, ({ ref }) => ref);
}

function groupedBy<T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) groups.set(keyOf(thing), [...(groups.get(keyOf(thing)) ?? []), thing]);
  return groups;
}
