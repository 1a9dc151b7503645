import { setTimeout as delay } from "node:timers/promises";
import { openDatabase } from "#db/client.ts";
import { sealEntries } from "#lib/audit/seal-entries.ts";

/** A sealer in a process of its own, to be killed: `tsx seal-for-ever.ts <database address>`. */
const { db } = openDatabase(process.argv[2] ?? "", {
  connections: 1,
  applicationName: "gatehouse-test-sealer",
});
process.send?.("ready");
for (;;) {
  const done = await sealEntries(db, new Date());
  if (done === null || done.sealed === 0) await delay(5);
}
