const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export type LocalDay = {
  /** `2026-11-27` in the installation's zone. */
  date: string;
  /** Midnight there. */
  startsAt: Date;
  /** 0 for Sunday. */
  weekday: number;
};

/** Every day of the installation's calendar that the history touches, in order. */
export function listLocalDays(from: Date, until: Date, timeZone: string): LocalDay[] {
  const days: LocalDay[] = [];
  const last = dateIn(until, timeZone);
  // Noon never falls into another day, also where the clock changes.
  for (let noon = Date.parse(`${dateIn(from, timeZone)}T12:00:00Z`); ; noon += DAY_MS) {
    const date = new Date(noon).toISOString().slice(0, 10);
    if (date > last) return days;
    days.push({ date, startsAt: midnightOf(date, timeZone), weekday: new Date(noon).getUTCDay() });
  }
}

/** The moment of an hour of that day, such as 14.5 for half past two. */
export const atHour = ({ startsAt }: LocalDay, hour: number): Date =>
  new Date(Math.round(startsAt.getTime() + hour * HOUR_MS));

const dateIn = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(at);

function midnightOf(date: string, timeZone: string): Date {
  const wanted = Date.parse(`${date}T00:00:00Z`);
  const guess = wanted - offsetMs(new Date(wanted), timeZone);
  return new Date(wanted - offsetMs(new Date(guess), timeZone));
}

/** How far the zone's clocks are ahead of UTC at that moment. */
function offsetMs(at: Date, timeZone: string): number {
  const shown = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(at);
  return Date.parse(`${shown.replace(" ", "T")}Z`) - Math.floor(at.getTime() / 1000) * 1000;
}
