import { fileURLToPath } from "node:url";
import { type PartProcess, partProcess } from "./part-process.ts";

export type WorkerPlace = {
  databaseUrl: string;
  apiUrl: string;
  /** Where checkpoints of the audit log, and the erasure ledger, are kept. */
  auditDir: string;
  ledgerDir: string;
  signingKey: string;
  /** More than an installation is given, where a thousand are erased. */
  erasuresPerMinute?: number;
  /** Hears all that the worker writes to its log. */
  onLog?: (text: string) => void;
};

/** The worker with all its jobs, with the same secrets as the gateway beside it. Not started yet. */
export function makeWorkerProcess(place: WorkerPlace): PartProcess {
  const env = {
    ...process.env,
    DATABASE_URL: place.databaseUrl,
    MULTIBIOMETRICS_URL: place.apiUrl,
    MULTIBIOMETRICS_API_KEY: "0123456789abcdef0123456789abcdef",
    GATEHOUSE_NOTIFICATION_SECRET: "34".repeat(32),
    UNLEASH_URL: "http://127.0.0.1:9",
    UNLEASH_ADMIN_TOKEN: "*:*.nobody-listens-there",
    UNLEASH_ENVIRONMENT: "development",
    GATEHOUSE_AUDIT_SIGNING_KEY: place.signingKey,
    GATEHOUSE_AUDIT_DIR: place.auditDir,
    GATEHOUSE_AUDIT_SECRET: "ef".repeat(32),
    GATEHOUSE_LEDGER_SECRET: "12".repeat(32),
    GATEHOUSE_LEDGER_DIR: place.ledgerDir,
    GATEHOUSE_ERASURES_PER_MINUTE: String(place.erasuresPerMinute ?? 60),
    LOG_LEVEL: place.onLog ? "trace" : "silent",
  };
  return partProcess(fileURLToPath(new URL("../../worker/main.ts", import.meta.url)), env, place.onLog);
}
