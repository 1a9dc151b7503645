import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { projectDir } from "#scripts/supervisor/child.ts";
import { say } from "#scripts/supervisor/print.ts";
import { measureRounds, median, type Round } from "./gateway/measure.ts";
import { PEOPLE, startBenchWorld } from "./gateway/start-world.ts";
import { inColumns } from "./table.ts";

/** Of the bare proxy's requests per second; and what the gateway may add to its times at a steady 100 a second. */
const LEAST_SHARE = 0.4;
const MOST_ADDED_MS = { p50: 3, p99: 10 };
const STEADY_PER_SECOND = 100;
const WARM_UP_SECONDS = 6;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "4" },
    connections: { type: "string", default: "64" },
    profile: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const connections = Number(values.connections);
const results = join(projectDir, "test-results");
mkdirSync(results, { recursive: true });

say("PostgreSQL, Unleash, the API, both ways before it and the load generator start…");
const world = await startBenchWorld(values.profile ? results : null);
try {
  const load = { connections, seconds, perSecond: null };
  await measureRounds(world, 1, { ...load, seconds: WARM_UP_SECONDS }, tell("warm-up"));
  await world.analyze();
  const atOnce = await measureRounds(world, rounds, load, tell("at once"));
  const steadyLoad = { ...load, perSecond: STEADY_PER_SECOND };
  const steady = await measureRounds(world, rounds, steadyLoad, tell("steady"));
  report(atOnce, steady, await world.countKept());
} finally {
  await world.stop();
}

function tell(phase: string): (round: Round, number: number) => void {
  const of = ({ perSecond, p50Ms, p99Ms }: Side) =>
    `${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(1)}, p99 ${p99Ms.toFixed(1)} ms`;
  return ({ proxy, gateway }, number) =>
    say(`${phase} ${number}: bare proxy ${of(proxy)}; gateway ${of(gateway)}`);
}

type Kept = Awaited<ReturnType<typeof world.countKept>>;

function report(atOnce: readonly Round[], steady: readonly Round[], kept: Kept): void {
  const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version };
  const share = median(atOnce, ({ proxy, gateway }) => gateway.perSecond / proxy.perSecond);
  const added = {
    p50: median(steady, ({ proxy, gateway }) => gateway.p50Ms - proxy.p50Ms),
    p99: median(steady, ({ proxy, gateway }) => gateway.p99Ms - proxy.p99Ms),
  };
  say(
    `\n${inColumns(
      ["one-call login, face of 60 KB", "bare proxy", "gateway", "gateway is"],
      [
        line("logins a second", atOnce, (side) => side.perSecond, 0, `${share.toFixed(2)} of it`),
        line(
          `p50 at ${STEADY_PER_SECOND} a second, ms`,
          steady,
          (side) => side.p50Ms,
          1,
          `+ ${added.p50.toFixed(1)}`,
        ),
        line(
          `p99 at ${STEADY_PER_SECOND} a second, ms`,
          steady,
          (side) => side.p99Ms,
          1,
          `+ ${added.p99.toFixed(1)}`,
        ),
        ...(["load", "api", "proxy", "gateway", "postgres"] as const).map((part) =>
          line(
            `processor ms a login: ${part}`,
            atOnce,
            (side) => side.processorMs?.[part] ?? Number.NaN,
            2,
            "",
          ),
        ),
      ],
    )}`,
  );
  say(`\n${where(machine)}`);
  say(
    `${world.answered.gateway} logins approved by the gateway, ${kept.recorded} recorded, ${kept.repeatable} answers kept for their Idempotency-Key; ${world.others.gateway} logins were not approved in time, and ${world.others.proxy} of the proxy's.`,
  );
  const facts = { machine, loadAverage: loadavg()[0], people: PEOPLE, connections, seconds, share, added };
  writeFileSync(
    join(results, "bench-gateway.json"),
    `${JSON.stringify({ ...facts, answered: world.answered, others: world.others, kept, atOnce, steady }, null, 2)}\n`,
  );
  for (const each of failings(share, added, kept)) {
    say(each);
    process.exitCode = 1;
  }
}

type Side = Round["proxy"];

function line(
  name: string,
  measured: readonly Round[],
  of: (side: Side) => number,
  digits: number,
  verdict: string,
): string[] {
  const [proxy, gateway] = (["proxy", "gateway"] as const).map((side) =>
    median(measured, (round) => of(round[side])).toFixed(digits),
  );
  return [name, proxy ?? "", gateway ?? "", verdict];
}

/** What ran where, so that nobody compares the figures with those of another arrangement. */
function where({ cpu, cores, node }: { cpu: string; cores: number; node: string }): string {
  const { livenessRequired, qualityChecked } = DEFAULT_POLICY_VALUES;
  const asked = [
    "verify",
    ...(qualityChecked ? ["check_icao"] : []),
    ...(livenessRequired ? ["liveness"] : []),
  ];
  return [
    `Medians of ${rounds} rounds of ${seconds} s each way, one after the other, ${connections} connections, ${PEOPLE.toLocaleString("en")} people in turn, each`,
    `request with an Idempotency-Key of its own. Calls of the policy a company starts with: ${asked.join(", ")}. Steady: requests sent when due,`,
    "whatever became of those before, and timed from then. One machine for load generator, null API, bare proxy or gateway (one process",
    `each), PostgreSQL with fsync and Unleash: ${cpu}, ${cores} cores, Node.js ${node}, load average ${loadavg()[0]?.toFixed(1)} at the end.`,
  ].join("\n");
}

function* failings(share: number, added: typeof MOST_ADDED_MS, kept: Kept): Generator<string> {
  if (share < LEAST_SHARE)
    yield `The gateway reaches ${share.toFixed(2)} of the bare proxy, below ${LEAST_SHARE}.`;
  for (const name of ["p50", "p99"] as const) {
    const most = MOST_ADDED_MS[name];
    if (added[name] > most)
      yield `The gateway adds ${added[name].toFixed(1)} ms to ${name}, more than ${most}.`;
  }
  const { gateway } = world.answered;
  if (kept.recorded < gateway) yield `Of ${gateway} approved logins ${kept.recorded} are recorded.`;
}
