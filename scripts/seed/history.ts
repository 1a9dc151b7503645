import type { Sql } from "postgres";
import type { EventBatch } from "#lib/recording/types.ts";
import { writeEvents } from "#lib/recording/write-events.ts";
import type { Standing, World } from "./course.ts";
import type { LocalDay } from "./local-days.ts";
import { type LoginMade, makeLogin } from "./logins.ts";
import type { SeedPerson } from "./people.ts";

/** Sunday first. */
const WEEKDAYS = [0.52, 1.12, 1.06, 1.03, 1.05, 1.1, 0.68];
/** Use grows over the history, to this much more at its end. */
const GROWTH = 0.25;
/** Logins of one statement: large enough to be quick, small enough to hold few people's rows for long. */
const LOGINS_AT_ONCE = 400;
/** Somebody who was not let in tries again at once that often. */
const AGAIN_SHARE = 0.3;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export type Known = {
  person: SeedPerson;
  standing: Standing;
  /** Until then their last login is under way: nobody logs in twice at once, and guards are met in order. */
  freeAt: number;
};
export type Counts = { logins: number; verifications: number };

/** Makes and records the whole history, day by day; of what happened no more is in memory than one statement takes. */
export async function recordHistory(
  sql: Sql,
  world: World,
  days: readonly LocalDay[],
  everybody: readonly Known[],
  onDay: (done: number, counts: Counts) => Promise<void>,
): Promise<Counts> {
  const counts: Counts = { logins: 0, verifications: 0 };
  const write = async (made: LoginMade[]) => {
    const { opened, verifications } = await writeEvents(sql, together(made));
    counts.logins += opened;
    counts.verifications += verifications;
  };
  for (const [index, day] of days.entries()) {
    let made: LoginMade[] = [];
    for (const known of everybody) {
      made.push(...loginsOfDay(world, day, known));
      if (made.length < LOGINS_AT_ONCE) continue;
      await write(made);
      made = [];
    }
    await write(made);
    await onDay(index + 1, counts);
  }
  return counts;
}

const together = (made: readonly LoginMade[]): EventBatch => ({
  opened: made.flatMap(({ opened }) => opened ?? []),
  verifications: made.flatMap(({ verifications }) => verifications ?? []),
  closed: made.flatMap(({ closed }) => closed ?? []),
});

type Planned = { time: number; mustFail: boolean };

function loginsOfDay(world: World, day: LocalDay, known: Known): LoginMade[] {
  const { person, standing } = known;
  const { dice } = person;
  const made: LoginMade[] = [];
  for (const { time, mustFail } of planOf(world, day, person)) {
    for (let at = time; at >= known.freeAt && at < world.until.getTime(); ) {
      const login = makeLogin(world, { person, standing, at: new Date(at), mustFail });
      made.push(login);
      known.freeAt = login.endedAt.getTime() + MINUTE_MS;
      if (mustFail || !login.failed || !dice.chance(AGAIN_SHARE)) break;
      at = Math.round(known.freeAt + dice.between(0, 4 * MINUTE_MS));
    }
  }
  return made;
}

function planOf(world: World, day: LocalDay, person: SeedPerson): Planned[] {
  const { dice, loginsPerDay } = person;
  const growth = 1 + GROWTH * world.shareAt(day.startsAt);
  const average = loginsPerDay * (WEEKDAYS[day.weekday] ?? 1) * growth;
  const usual = Array.from({ length: dice.times(average) }, () => ({
    time: momentOf(day, person),
    mustFail: false,
  }));
  const isLast = day.startsAt.getTime() + DAY_MS > world.until.getTime();
  return [...usual, ...(isLast ? lastMinutes(world, person) : [])].sort((a, b) => a.time - b.time);
}

/** A moment of the day by the hours in which the person's application is used. */
function momentOf(day: LocalDay, { dice, application: { hours } }: SeedPerson): number {
  const hour = dice.pick(hours.map((weight, index) => [index, weight] as const));
  return day.startsAt.getTime() + Math.floor((hour + dice.share()) * 60 * MINUTE_MS);
}

/**
 * So that a look at the present hour finds something also at night: a login more for some people, and a few who have
 * just failed so often that they are paused now.
 */
function lastMinutes({ until }: World, { number, dice, face }: SeedPerson): Planned[] {
  const ago = (minutes: number) => until.getTime() - minutes * MINUTE_MS;
  if (number % 331 === 7 && face)
    return [11, 8, 5].map((minutes) => ({ time: ago(minutes), mustFail: true }));
  return number % 29 === 3 ? [{ time: ago(dice.whole(1, 58)), mustFail: false }] : [];
}
