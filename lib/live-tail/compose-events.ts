import type { VerificationFacets, VerificationRow } from "#lib/verifications/types.ts";
import { mergeBatches } from "./rules.ts";
import type { SentRow, TailBatch, TailEnd, TailEvent } from "./types.ts";
import type { HistoryWatch } from "./watch-history.ts";

type Stream = {
  memberId: string;
  facets: VerificationFacets;
  /** Whether its reader may see who it was. */
  showsPeople: boolean;
  /** Why it may not go on; null while it may. */
  findEnd(): Promise<TailEnd | null>;
  /** So often that is asked, and the reader hears that the line stands. */
  everyMs: number;
};

const sent = ({ at, subject, ...row }: VerificationRow, showsPeople: boolean): SentRow => ({
  ...row,
  at: at.toISOString(),
  subject: showsPeople ? subject : null,
});

/**
 * What one reader is told. Who reads slower than it comes in misses rows and hears how many: nothing piles up. Ends by
 * itself once the reader may no longer look.
 */
export async function* composeEvents(
  watch: HistoryWatch,
  { memberId, facets, showsPeople, findEnd, everyMs }: Stream,
): AsyncGenerator<TailEvent, void> {
  const heard: { pending: TailBatch | null; isAway: boolean } = { pending: null, isAway: false };
  const bell = makeBell();
  const leave = await watch.watch(facets, {
    memberId,
    onBatch: (batch) => {
      heard.isAway = false;
      if (batch !== null) heard.pending = heard.pending === null ? batch : mergeBatches(heard.pending, batch);
      bell.ring();
    },
    onAway: () => {
      heard.isAway = true;
      bell.ring();
    },
  });
  try {
    yield { type: "open" };
    let wasAway = false;
    let askedMs = Date.now();
    for (;;) {
      await bell.wait(everyMs);
      const isDue = Date.now() - askedMs >= everyMs;
      if (isDue) {
        askedMs = Date.now();
        // While the database is away nothing can be read either: the next time it is asked again.
        const why = await findEnd().catch(() => null);
        if (why !== null) return yield { type: "end", why };
      }
      const { pending, isAway } = heard;
      if (isDue || isAway !== wasAway) yield { type: isAway ? "away" : "beat" };
      wasAway = isAway;
      if (pending === null) continue;
      heard.pending = null;
      const rows = pending.rows.map((row) => sent(row, showsPeople));
      yield { type: "rows", rows, passed: pending.passed };
    }
  } finally {
    leave();
  }
}

/** Lets one wait until another rings, or a time has passed; what rang before it waits counts too. */
function makeBell() {
  let isRung = false;
  let end: (() => void) | null = null;
  return {
    ring() {
      isRung = true;
      end?.();
    },
    async wait(mostMs: number) {
      if (!isRung)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, mostMs);
          end = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      isRung = false;
      end = null;
    },
  };
}
