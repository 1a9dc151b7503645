import { openDatabase } from "#db/client.ts";
import { openExecutionQueue } from "#db/queue.ts";
import { keepLog } from "#lib/audit/keep-log.ts";
import { auditKeyOf } from "#lib/audit/seal-bytes.ts";
import { systemClock } from "#lib/clock.ts";
import { readWorkerSettings } from "#lib/env.ts";
import { executeRequest } from "#lib/execution/execute-request.ts";
import { openLedger } from "#lib/ledger/open-ledger.ts";
import { log } from "#lib/log.ts";
import { createMultibiometrics } from "#lib/multibiometrics/client.ts";
import { createApiProbing } from "#lib/multibiometrics/probe-api.ts";
import { secretKeyOf } from "#lib/notifications/seal-secret.ts";
import { checkpointSigner } from "#lib/transparency/checkpoint.ts";
import { closeOpenLoginsJob } from "./jobs/close-open-logins.ts";
import { dispatchRequestsJob } from "./jobs/dispatch-requests.ts";
import { endKeysJob } from "./jobs/end-keys.ts";
import { eraseTestersJob } from "./jobs/erase-testers.ts";
import { judgeRolloutJob } from "./jobs/judge-rollout.ts";
import { keepLogJob } from "./jobs/keep-log.ts";
import { keepRollupZoneJob } from "./jobs/keep-rollup-zone.ts";
import { makePartitionsJob } from "./jobs/make-partitions.ts";
import { proposeRetentionJob } from "./jobs/propose-retention.ts";
import { proveReceiptsJob } from "./jobs/prove-receipts.ts";
import { purgeOldDataJob } from "./jobs/purge-old-data.ts";
import { runIntegrationChecksJob } from "./jobs/run-integration-checks.ts";
import { sendNotificationsJob } from "./jobs/send-notifications.ts";
import { settleExportsJob } from "./jobs/settle-exports.ts";
import { settleTemplatesJob } from "./jobs/settle-templates.ts";
import { sweepTablesJob } from "./jobs/sweep-tables.ts";
import { tryLegacyLoginJob } from "./jobs/try-legacy-login.ts";
import { verifyLogJob } from "./jobs/verify-log.ts";
import { watchFlagJob } from "./jobs/watch-flag.ts";
import { watchInstallationJob } from "./jobs/watch-installation.ts";
import { watchRequestsJob } from "./jobs/watch-requests.ts";
import { workListsJob } from "./jobs/work-lists.ts";
import { runJobs } from "./run-jobs.ts";
import { createHeartbeat } from "./send-heartbeat.ts";
import { watchHealth } from "./watch-health.ts";

const settings = readWorkerSettings();
const { smtp, timeZone } = settings;
const sender = { secretKey: secretKeyOf(settings.notificationSecret), smtp, timeZone };
const auditLog = { signer: checkpointSigner(settings.auditSigningKey), folder: settings.auditDir };
const auditKey = auditKeyOf(settings.auditSecret);
const ledger = openLedger(settings.ledger);
const probing = createApiProbing(settings.multibiometrics);
const api = createMultibiometrics({ ...settings.multibiometrics, log });
/** So long after a call nothing of it can still arrive; a minute beside what the client waits for an answer. */
const quietMs = 60_000 + settings.multibiometrics.totalTimeoutMs;
const TURNS_AT_ONCE = 10;
/** The watch of the parts keeps a round and asks the database at the same time. */
const WATCHING = 2;
const queue = openExecutionQueue(settings.databaseUrl, {
  atOnce: TURNS_AT_ONCE,
  take: async (requestId) => {
    await executeRequest(
      { db: database.db, api, ledger, clock: systemClock, auditKey, timeZone, quietMs },
      requestId,
    );
  },
  onTrouble: (err) => log.warn({ err }, "a request's turn failed, or the queue is away; it is found again"),
});
const JOBS = [
  keepLogJob(auditLog),
  verifyLogJob({ verifierKey: auditLog.signer.verifierKey, folder: auditLog.folder, timeZone }),
  proveReceiptsJob(auditLog.signer.verifierKey),
  makePartitionsJob,
  closeOpenLoginsJob,
  endKeysJob,
  settleExportsJob,
  sweepTablesJob,
  purgeOldDataJob,
  keepRollupZoneJob(timeZone),
  proposeRetentionJob(timeZone),
  watchInstallationJob,
  watchRequestsJob(timeZone),
  watchFlagJob(settings.unleash),
  judgeRolloutJob(settings),
  tryLegacyLoginJob(sender.secretKey),
  runIntegrationChecksJob({ address: settings.multibiometrics, api, quietMs }),
  eraseTestersJob({ api, quietMs }),
  settleTemplatesJob({ auditKey, timeZone }),
  sendNotificationsJob(sender),
  dispatchRequestsJob({ queue, quietMs, auditKey, peoplePerMinute: settings.requests.erasuresPerMinute }),
  workListsJob({
    auditKey,
    timeZone,
    delayHours: settings.requests.delayHours,
  }),
];
// A job holds one connection for its lock while it works with another.
const database = openDatabase(settings.databaseUrl, {
  connections: 2 * JOBS.length + TURNS_AT_ONCE + WATCHING,
  applicationName: "gatehouse-worker",
});
const stop = new AbortController();
for (const event of ["SIGTERM", "SIGINT", "disconnect"] as const) process.once(event, () => stop.abort());
process.send?.("ready");
log.info("the worker is ready");

await Promise.all([
  runJobs(JOBS, { database, clock: systemClock, log, signal: stop.signal }),
  watchHealth({
    api: probing,
    gatewayUrl: settings.gatewayUrl,
    unleashUrl: settings.unleash.url,
    db: database.db,
    clock: systemClock,
    log,
    signal: stop.signal,
    ...(settings.heartbeatUrl === null
      ? {}
      : { onKept: createHeartbeat({ url: settings.heartbeatUrl, log }) }),
  }),
]);
// What was done until the end is signed, unless the database is away or another worker goes on.
await keepLog({ ...auditLog, db: database.db, clock: systemClock, log }, "shutdown").catch((err) =>
  log.warn({ err }, "the last entries of the audit log are signed by the next worker"),
);
await queue
  .close()
  .catch((err) => log.warn({ err }, "the queue did not close; its turns are taken up again"));
await ledger.close();
await api.close();
await probing.close();
await database.close();
// The channel to the start command would keep the process alive.
process.exit(0);
