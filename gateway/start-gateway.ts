import { join } from "node:path";
import { openDatabase } from "#db/client.ts";
import { auditKeyOf } from "#lib/audit/seal-bytes.ts";
import { systemClock } from "#lib/clock.ts";
import type { GatewaySettings } from "#lib/env.ts";
import { openLedger as openErasureLedger } from "#lib/ledger/open-ledger.ts";
import { log as processLog } from "#lib/log.ts";
import { createMultibiometrics, type MultibiometricsOptions } from "#lib/multibiometrics/client.ts";
import { originOf } from "#lib/multibiometrics/origin.ts";
import { createRecorder } from "#lib/recording/recorder.ts";
import { createFlags } from "#lib/unleash/flags.ts";
import { loginKeyOf } from "#lib/unleash/login-key.ts";
import type { Flags } from "#lib/unleash/types.ts";
import { startControl } from "./parts/control.ts";
import { deriveKeys } from "./parts/derive-keys.ts";
import type { GatewayParts } from "./parts/gateway-parts.ts";
import { startHeartbeat } from "./parts/heartbeat.ts";
import { createKeyUses } from "./parts/key-uses.ts";
import { openLedger } from "./parts/ledger.ts";
import { createOpenLogins } from "./parts/open-logins.ts";
import { buildServer } from "./server.ts";

export type Gateway = { url: string; close(): Promise<void> };

export type GatewayOptions = Partial<Pick<GatewayParts, "clock" | "log">> & {
  /** Another source of flags than Unleash. */
  flags?: Flags;
  breaker?: MultibiometricsOptions["breaker"];
};

/** Starts a gateway; it listens when this resolves, whatever is away. `close` ends what is in flight, then the parts. */
export async function startGateway(
  settings: GatewaySettings,
  options: GatewayOptions = {},
): Promise<Gateway> {
  const { clock = systemClock, log = processLog } = options;
  const parts = await assemble(settings, { ...options, clock, log });
  const app = await buildServer(parts, { callsPerSecond: settings.callsPerSecond });
  const stopBeating = startHeartbeat({ ...parts, name: settings.instanceName });
  const close = async () => {
    await app.close();
    stopBeating();
    await parts.keyUses.close();
    await parts.recorder.close();
    await Promise.all([parts.control.close(), parts.flags.close(), parts.api.close()]);
    await Promise.all([parts.ledger.close(), parts.erasureLedger.close()]);
  };
  try {
    const url = await app.listen({ port: settings.port, host: settings.host });
    log.info({ url, gateway: settings.instanceName }, "The gateway listens");
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Around = GatewayOptions & Pick<GatewayParts, "clock" | "log">;

async function assemble(
  settings: GatewaySettings,
  { clock, log, ...options }: Around,
): Promise<GatewayParts> {
  const { databaseUrl, dataDir, instanceName, multibiometrics, loginKeySecret } = settings;
  const keys = deriveKeys(settings.gatewaySecret);
  const flags =
    options.flags ??
    createFlags({ ...settings.unleash, appName: "gatehouse-gateway", instanceId: instanceName, clock, log });
  const breaker = options.breaker === undefined ? {} : { breaker: options.breaker };
  const ledger = openLedger({ databaseUrl, log });
  const listen = openDatabase(databaseUrl, { applicationName: "gatehouse-gateway-listen", connections: 1 });
  const control = await startControl({
    apiOrigin: originOf(settings.multibiometrics.url),
    ledger,
    listen: listen.sql,
    flags,
    snapshotFile: join(dataDir, "snapshot"),
    snapshotKey: keys.snapshot,
    silenceMs: settings.controlSilenceMs,
    clock,
    log,
  });
  const isHeldOpen = () => control.isCircuitHeld(clock());
  const api = createMultibiometrics({ ...multibiometrics, ...breaker, isHeldOpen, log });
  const recorder = createRecorder({
    databaseUrl,
    journalDir: join(dataDir, "journal"),
    journalKey: keys.journal,
    retentionDays: () => control.retention().historyDays,
    clock,
    log,
  });
  const keyUses = createKeyUses({ ledger, clock, log });
  const openMinutes = () => control.policy().values.openLoginMinutes;
  const openLogins = createOpenLogins({ clock, openMinutes });
  const keyOf = (customId: string) => loginKeyOf(loginKeySecret, customId);
  const erasureLedger = openErasureLedger(settings.ledger);
  return {
    ...{ ledger, erasureLedger, control, keyUses, flags, api, recorder, openLogins, keys, clock, log },
    loginKeyOf: keyOf,
    gateway: instanceName,
    auditKey: auditKeyOf(settings.auditSecret),
    timeZone: settings.timeZone,
  };
}
