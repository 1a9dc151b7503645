import type { StartSettings } from "#lib/env.ts";
import { checkpointSigner } from "#lib/transparency/checkpoint.ts";
import { localDatabaseUrl } from "../postgres/databases.ts";
import type { Secrets } from "./secrets.ts";

/** Everything the parts are told, decided once: which are embedded, where each listens, and with which keys. */
export type Installation = ReturnType<typeof describeInstallation>;

const loopback = (port: number): string => `http://127.0.0.1:${port}`;

export function describeInstallation(
  settings: StartSettings,
  secrets: Secrets,
  stateDir: string,
  watch: boolean,
) {
  const { ports } = settings;
  const environment = settings.unleashEnvironment;
  const ownDatabase = (name: string, password: string) =>
    localDatabaseUrl(ports.postgres, name, password, name);
  return {
    stateDir,
    watch,
    ports,
    secrets,
    timeZone: settings.timeZone,
    logLevel: settings.logLevel,
    smtp: settings.smtp,
    oidc: settings.oidc,
    secondFactor: settings.secondFactor,
    requests: settings.requests,
    consoleUrl: loopback(ports.console),
    /** What browsers call the console by: another address than its own where a proxy stands in front of it. */
    publicUrl: settings.publicUrl ?? loopback(ports.console),
    trustedProxies: settings.trustedProxies,
    providerStatusUrl: settings.providerStatusUrl,
    heartbeatUrl: settings.heartbeatUrl,
    gatewayUrl: loopback(ports.gateway),
    sandboxUrl: loopback(ports.sandbox),
    embedded: {
      database: settings.databaseUrl === undefined,
      unleash: settings.unleash === undefined,
      api: settings.multibiometrics === undefined,
      /** The embedded Unleash keeps the embedded PostgreSQL also beside a database of the company's own. */
      postgres: settings.databaseUrl === undefined || settings.unleash === undefined,
    },
    /** What the parts sign in with; the owner of the tables only where a company gave no other address for it. */
    databaseUrl:
      settings.databaseUrl ??
      localDatabaseUrl(ports.postgres, "gatehouse_parts", secrets.postgresApplicationPassword, "gatehouse"),
    databaseOwnerUrl:
      settings.databaseOwnerUrl ??
      settings.databaseUrl ??
      ownDatabase("gatehouse", secrets.postgresGatehousePassword),
    /** Checks what the worker signs; it may be given to anyone. */
    auditPublicKey: checkpointSigner(secrets.auditSigningKey).verifierKey,
    unleashDatabaseUrl: ownDatabase("unleash", secrets.postgresUnleashPassword),
    unleash: {
      environment,
      ...(settings.unleash ?? {
        url: loopback(ports.unleash),
        adminToken: `*:*.${secrets.unleashAdminToken}`,
        clientToken: `default:${environment}.${secrets.unleashClientToken}`,
      }),
    },
    multibiometrics: settings.multibiometrics ?? {
      kind: "sandbox",
      url: loopback(ports.sandbox),
      apiKey: secrets.sandboxApiKey,
      apiKeySecondary: undefined,
      qualityApiKey: secrets.sandboxApiKey,
      qualityApiKeySecondary: undefined,
      totalTimeoutMs: settings.multibiometricsTimeoutMs,
    },
  };
}

/** The names of the embedded parts, as GATEHOUSE_EMBEDDED carries them. */
export function embeddedNames({ embedded }: Installation): string {
  return (["database", "unleash", "api"] as const).filter((part) => embedded[part]).join(",");
}
