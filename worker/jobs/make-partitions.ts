import type { Job } from "../run-jobs.ts";

const AHEAD_DAYS = 62;

/** Makes the monthly partitions of the event tables well before their first event. */
export const makePartitionsJob: Job = {
  name: "make-partitions",
  everyMs: 3_600_000,
  async run({ database, clock, log }) {
    const today = clock().toISOString().slice(0, 10);
    const [row] = await database.sql<{ made: number }[]>`
      select make_event_partitions(${today}::text::date, ${today}::text::date + ${AHEAD_DAYS}::integer) as made`;
    if (row && row.made > 0) log.info({ made: row.made }, "made partitions of the event tables");
  },
};
