import { BIOMETRIC_LOGIN_FLAG } from "#lib/rollout/schema.ts";
import type { AdminAnswer, UnleashAdmin } from "./admin.ts";
import { type FlagChanged, type FlagChangeTrouble, isSurelyRefused } from "./change-flag.ts";
import { differencesOf } from "./differences.ts";
import { isStrategyAsWanted, type Place, strategyBody, type WantedFlag } from "./ensure-flag.ts";
import { ensureSurroundings } from "./ensure-surroundings.ts";
import { environmentPath, FEATURES, isBoundToMaster, readLiveFlag, servesEveryone } from "./live-flag.ts";
import { type FlagEnvironment, flagSchema } from "./schema.ts";
import type { Difference, DifferenceCode, LiveFlag, WantedFlagState } from "./types.ts";
import { loginFlag, MASTER } from "./wanted-flags.ts";

type FlagMakings = Omit<WantedFlag, "switchOn">;

const PROJECT = "default";

/** Whoever waits for this takes it for cut off some time later, so that nothing may be sent then. */
const LONGEST_MS = 30_000;

/**
 * What is not put right in one call that Unleash takes whole: it is switched off until it is. A strategy of the early
 * adopters that is added is everybody's until its segment is.
 */
const IN_PIECES: ReadonlySet<DifferenceCode> = new Set([
  "foreign_strategy",
  "gradual_twice",
  "cohort_missing",
  "master_missing",
]);

/**
 * Brings the flag to exactly what is wanted, whatever Unleash has of it now: made anew where it is gone, foreign strategies
 * removed, our own put right, and only then switched on; read back before and after. At no moment does it show more than it
 * did, and once its first steps are done no more than is wanted. One at a time is the caller's to see to: Unleash has no lock.
 */
export async function restoreFlag(
  admin: UnleashAdmin,
  environment: string,
  wanted: WantedFlagState,
): Promise<FlagChanged> {
  const { watched, mayHaveWritten } = watchWrites(admin, performance.now() + LONGEST_MS);
  const place = { project: PROJECT, environment };
  const done = await inOrder([
    () => narrow(watched, environment, wanted),
    () => rebuild(watched, place, wanted.exposurePercent),
    () => readAs(watched, environment, wanted, isNoSwitch),
    () => switchOnMaster(watched, place),
    async () => (wanted.isOn ? switchOn(watched, environment) : NOTHING),
  ]);
  const after = done.ok ? await readAs(watched, environment, wanted, () => true) : done;
  if (after.ok) return { ok: true, live: after.value };
  return { ok: false, code: after.code, outcome: mayHaveWritten() ? "unknown" : "unchanged" };
}

type Failure = { ok: false; code: FlagChangeTrouble };
type Step = () => Promise<{ ok: true } | Failure>;
const NOTHING = { ok: true, value: null } as const;

/** The first failure ends it. */
async function inOrder(steps: readonly Step[]): Promise<{ ok: true } | Failure> {
  for (const step of steps) {
    const done = await step();
    if (!done.ok) return done;
  }
  return NOTHING;
}

/** Off, where it shall be off or could not be put right in one call. */
async function narrow(admin: UnleashAdmin, environment: string, wanted: WantedFlagState) {
  const live = await readLiveFlag(admin, environment);
  if (!live.ok) return live.code === "not_found" ? NOTHING : live;
  const isInPieces = differencesOf(live.value, wanted).some(({ code }) => IN_PIECES.has(code));
  if (!live.value.isOn || (wanted.isOn && !isInPieces)) return NOTHING;
  return admin.post(`${environmentPath(environment)}/off`);
}

/** Everything but the switches. */
async function rebuild(admin: UnleashAdmin, place: Place, exposurePercent: number) {
  const segment = await ensureSurroundings(admin, place, { mendsSegment: true });
  if (!segment.ok) return segment;
  const login = loginFlag(segment.value, exposurePercent);
  return inOrder([
    () => makeFlag(admin, place, MASTER),
    () => makeFlag(admin, place, login),
    () => bindToMaster(admin, login),
    () => putStrategies(admin, place, login),
  ]);
}

async function makeFlag(
  admin: UnleashAdmin,
  { project }: Place,
  flag: FlagMakings,
): Promise<AdminAnswer<unknown>> {
  const { name, type, description } = flag;
  const found = await admin.get(`${FEATURES}/${name}`, flagSchema);
  if (found.ok || found.code !== "not_found") return found;
  const made = await admin.post(FEATURES, { name, type, description, impressionData: true });
  if (made.ok || made.code !== "already_exists") return made;
  // Archived, it keeps its name and strategies, and comes back switched off.
  return admin.post(`/projects/${project}/revive`, { features: [name] });
}

async function bindToMaster(
  admin: UnleashAdmin,
  { name, parent }: FlagMakings,
): Promise<AdminAnswer<unknown>> {
  const flag = await admin.get(`${FEATURES}/${name}`, flagSchema);
  if (!flag.ok || isBoundToMaster(flag.value.dependencies)) return flag;
  const path = `${FEATURES}/${name}/dependencies`;
  const freed = flag.value.dependencies.length > 0 ? await admin.remove(path) : NOTHING;
  return freed.ok ? admin.post(path, { feature: parent, enabled: true }) : freed;
}

/** Exactly the strategies of the flag: what is foreign or twice goes first, what is missing comes last. */
async function putStrategies(admin: UnleashAdmin, { environment }: Place, flag: FlagMakings) {
  const own = await readEnvironment(admin, environment, flag.name);
  if (!own.ok) return own;
  const path = `${environmentPath(environment, flag.name)}/strategies`;
  const kept = flag.strategies.map((want) => own.value.strategies.find(({ title }) => title === want.title));
  const foreign = own.value.strategies.filter((one) => !kept.includes(one));
  const steps: Step[] = foreign.map(
    ({ id }) =>
      () =>
        admin.remove(`${path}/${id}`),
  );
  for (const [place, want] of flag.strategies.entries()) {
    const found = kept[place];
    if (found !== undefined && isStrategyAsWanted(found, flag.name, want)) continue;
    const body = strategyBody(flag.name, want);
    steps.push(() => (found ? admin.put(`${path}/${found.id}`, body) : admin.post(path, body)));
  }
  return inOrder(steps);
}

async function readEnvironment(
  admin: UnleashAdmin,
  environment: string,
  name: string,
): Promise<AdminAnswer<FlagEnvironment>> {
  const flag = await admin.get(`${FEATURES}/${name}`, flagSchema);
  if (!flag.ok) return flag;
  const own = flag.value.environments.find((one) => one.name === environment);
  return own ? { ok: true, value: own } : { ok: false, code: "not_found", status: 200 };
}

/** Reads the flag back, and refuses it with any difference that counts. */
async function readAs(
  admin: UnleashAdmin,
  environment: string,
  wanted: WantedFlagState,
  counts: (difference: Difference) => boolean,
): Promise<{ ok: true; value: LiveFlag } | Failure> {
  const live = await readLiveFlag(admin, environment);
  if (!live.ok || !differencesOf(live.value, wanted).some(counts)) return live;
  return { ok: false, code: "not_as_written" };
}

const isNoSwitch = ({ code }: Difference) => !["switched_on", "switched_off", "master_off"].includes(code);

/** The master is on for everyone; what it was narrowed to goes first. */
async function switchOnMaster(admin: UnleashAdmin, place: Place) {
  const own = await readEnvironment(admin, place.environment, MASTER.name);
  if (!own.ok) return own;
  return inOrder([
    async () => (servesEveryone(own.value) ? NOTHING : putStrategies(admin, place, MASTER)),
    async () =>
      own.value.enabled ? NOTHING : admin.post(`${environmentPath(place.environment, MASTER.name)}/on`),
  ]);
}

async function switchOn(admin: UnleashAdmin, environment: string) {
  const own = await readEnvironment(admin, environment, BIOMETRIC_LOGIN_FLAG);
  return !own.ok || own.value.enabled ? own : admin.post(`${environmentPath(environment)}/on`);
}

/** Hands on what is asked of Unleash until the time is over, and knows whether any of it may have had an effect. */
function watchWrites(
  admin: UnleashAdmin,
  untilMs: number,
): { watched: UnleashAdmin; mayHaveWritten: () => boolean } {
  let written = false;
  const isOver = () => performance.now() > untilMs;
  const late = { ok: false, code: "timed_out", status: null } as const;
  const write = async (send: () => Promise<AdminAnswer<null>>): Promise<AdminAnswer<null>> => {
    if (isOver()) return late;
    const done = await send();
    if (done.ok || !isSurelyRefused(done)) written = true;
    return done;
  };
  return {
    mayHaveWritten: () => written,
    watched: {
      get: async (path, schema) => (isOver() ? late : admin.get(path, schema)),
      post: (path, body) => write(() => admin.post(path, body)),
      put: (path, body) => write(() => admin.put(path, body)),
      patch: (path, operations) => write(() => admin.patch(path, operations)),
      remove: (path) => write(() => admin.remove(path)),
    },
  };
}
