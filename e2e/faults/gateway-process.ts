import { fileURLToPath } from "node:url";
import { openDatabase } from "#db/client.ts";
import { createApplicationWithKey } from "#lib/applications/create-application-with-key.ts";
import { newId } from "#lib/ids.ts";
import { preparePolicy } from "#lib/policies/prepare-policy.ts";
import { prepareIntent } from "#lib/rollout/prepare-intent.ts";
import { findFreePort } from "#scripts/supervisor/ports.ts";
import { type PartProcess, partProcess } from "./part-process.ts";

const SYSTEM = { id: null, role: "system" } as const;

export type GatewayProcess = PartProcess & { url: string };

export type GatewayPlace = {
  /** Its own among several. */
  name?: string;
  databaseUrl: string;
  dataDir: string;
  apiUrl: string;
  flagsUrl: string;
  /** What a real Unleash wants; a stand-in takes any. */
  flagsToken?: string;
  /** Where the erasure ledger is kept; beside the rest where it does not matter. */
  ledgerDir?: string;
  /** Hears all that the gateway writes to its log. */
  onLog?: (text: string) => void;
  /** Settings beside these, or in place of them. */
  environment?: Readonly<Record<string, string>>;
  /** Options of Node.js itself. */
  nodeOptions?: readonly string[];
};

/** The gateway as it is started in earnest, in a process of its own on a port that stays the same. Not started yet. */
export async function makeGatewayProcess(place: GatewayPlace): Promise<GatewayProcess> {
  const port = await findFreePort();
  const env = {
    ...process.env,
    GATEWAY_PORT: String(port),
    GATEWAY_DATA_DIR: place.dataDir,
    GATEWAY_INSTANCE_NAME: place.name ?? "gateway-under-fire",
    DATABASE_URL: place.databaseUrl,
    UNLEASH_URL: place.flagsUrl,
    UNLEASH_CLIENT_TOKEN: place.flagsToken ?? "sample:development.token",
    UNLEASH_ENVIRONMENT: "development",
    MULTIBIOMETRICS_URL: place.apiUrl,
    MULTIBIOMETRICS_API_KEY: "0123456789abcdef0123456789abcdef",
    GATEHOUSE_LOGIN_KEY_SECRET: "ab".repeat(32),
    GATEHOUSE_GATEWAY_SECRET: "cd".repeat(32),
    GATEHOUSE_AUDIT_SECRET: "ef".repeat(32),
    GATEHOUSE_LEDGER_SECRET: "12".repeat(32),
    GATEHOUSE_LEDGER_DIR: place.ledgerDir ?? place.dataDir,
    LOG_LEVEL: place.onLog ? "trace" : "silent",
    ...place.environment,
  };
  const entry = fileURLToPath(new URL("../../gateway/main.ts", import.meta.url));
  return { url: `http://127.0.0.1:${port}`, ...partProcess(entry, env, place.onLog, place.nodeOptions) };
}

/** An application with its key, the first policy, everyone exposed, and enrolled sample people. */
export async function prepareGatewayData(databaseUrl: string, people: number) {
  const client = openDatabase(databaseUrl, { connections: 1, applicationName: "gatehouse-faults" });
  try {
    const at = new Date();
    await preparePolicy(client.db, at);
    await prepareIntent(client.db, { exposurePercent: 100 }, at);
    const made = await createApplicationWithKey(client.db, { name: "Sample", channels: ["web"] }, SYSTEM, at);
    if (!made.ok) throw new Error(`No application: ${made.code}`);
    const customIds = Array.from({ length: people }, () => newId());
    await client.sql`
      insert into people (id, custom_id, custom_id_folded, status, face_enrolled, legal_basis, bucket, created_at)
      select id, id, id, 'enrolled', true, 'lgpd_11_i_consent', 1, now() from unnest(${customIds}::uuid[]) as id`;
    return { key: made.key, customIds };
  } finally {
    await client.close();
  }
}
