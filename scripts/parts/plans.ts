import { join } from "node:path";
import type { SmtpServer } from "#lib/notifications/types.ts";
import { oidcSettings, requestSettings } from "#lib/settings/fields.ts";
import type { PartPlan } from "../supervisor/child.ts";
import { embeddedNames, type Installation } from "../supervisor/installation.ts";

const usual = {
  readyWithinMs: 60_000,
  stopWithinMs: 15_000,
  nodeOptions: [] as readonly string[],
  watched: [] as readonly string[],
};
/**
 * Pictures pass through the gateway as texts of a login's own short life. In the usual 16 MB for what is new, those of the
 * logins under way are copied again and again, a quarter of its time; in 64 MB hardly any lives to see it.
 */
export const GATEWAY_NODE_OPTIONS: readonly string[] = ["--max-semi-space-size=64"];

/** Settings every part of ours shares; NODE_ENV decides nothing but how libraries run. */
function shared(site: Installation): Record<string, string> {
  return {
    NODE_ENV: site.watch ? "development" : "production",
    LOG_LEVEL: site.logLevel,
    GATEHOUSE_TIME_ZONE: site.timeZone,
  };
}

/** A setting that may be missing; missing, it is no variable of the part. */
function given(settings: Record<string, string | undefined>): Record<string, string> {
  const entries = Object.entries(settings);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function multibiometrics({ multibiometrics: api }: Installation): Record<string, string> {
  return {
    MULTIBIOMETRICS_URL: api.url,
    MULTIBIOMETRICS_KIND: api.kind,
    MULTIBIOMETRICS_API_KEY: api.apiKey,
    ...given({ MULTIBIOMETRICS_API_KEY_SECONDARY: api.apiKeySecondary }),
    MULTIBIOMETRICS_QUALITY_API_KEY: api.qualityApiKey,
    ...given({ MULTIBIOMETRICS_QUALITY_API_KEY_SECONDARY: api.qualityApiKeySecondary }),
    MULTIBIOMETRICS_TIMEOUT_MS: String(api.totalTimeoutMs),
  };
}

/** E-mail and the secret that seals what signs webhooks: for the worker, and for the console, which tests a target. */
function notifications({ smtp, secrets }: Installation): Record<string, string> {
  return {
    GATEHOUSE_NOTIFICATION_SECRET: secrets.notificationSecret,
    ...(smtp === null ? {} : smtpSettings(smtp)),
  };
}

/** Unleash for whoever leads its flags. */
function unleashAdmin({ unleash }: Installation): Record<string, string> {
  return {
    UNLEASH_URL: unleash.url,
    UNLEASH_ADMIN_TOKEN: unleash.adminToken,
    UNLEASH_ENVIRONMENT: unleash.environment,
  };
}

/** What names people in the audit log and in the erasure ledger, and where that ledger is. */
function subjects({ secrets, stateDir }: Installation): Record<string, string> {
  return {
    GATEHOUSE_AUDIT_SECRET: secrets.auditSecret,
    GATEHOUSE_LEDGER_SECRET: secrets.ledgerSecret,
    GATEHOUSE_LEDGER_DIR: join(stateDir, "ledger"),
  };
}

function smtpSettings({ host, port, secure, auth, from }: SmtpServer): Record<string, string> {
  const address = new URL(`${secure ? "smtps" : "smtp"}://${host}:${port}`);
  if (auth !== null) {
    address.username = encodeURIComponent(auth.user);
    address.password = encodeURIComponent(auth.pass);
  }
  return { SMTP_URL: address.href, SMTP_FROM: from };
}

export function postgresPart(site: Installation): PartPlan {
  return {
    ...usual,
    name: "postgres",
    title: "PostgreSQL",
    address: `127.0.0.1:${site.ports.postgres}`,
    entry: "scripts/parts/postgres-main.ts",
    env: {
      GATEHOUSE_DATA_DIR: site.stateDir,
      POSTGRES_PORT: String(site.ports.postgres),
      POSTGRES_SUPERUSER_PASSWORD: site.secrets.postgresSuperuserPassword,
      POSTGRES_GATEHOUSE_PASSWORD: site.secrets.postgresGatehousePassword,
      POSTGRES_APPLICATION_PASSWORD: site.secrets.postgresApplicationPassword,
      POSTGRES_UNLEASH_PASSWORD: site.secrets.postgresUnleashPassword,
    },
    readyWithinMs: 120_000,
    stopWithinMs: 45_000,
  };
}

export function unleashPart(site: Installation): PartPlan {
  return {
    ...usual,
    name: "unleash",
    title: "Unleash",
    address: site.unleash.url,
    entry: "scripts/parts/unleash-main.ts",
    env: {
      NODE_ENV: "production",
      DATABASE_URL: site.unleashDatabaseUrl,
      DATABASE_SSL: "false",
      HTTP_HOST: "127.0.0.1",
      HTTP_PORT: String(site.ports.unleash),
      UNLEASH_URL: site.unleash.url,
      UNLEASH_SECRET: site.secrets.unleashSessionSecret,
      UNLEASH_DEFAULT_ADMIN_USERNAME: "admin",
      UNLEASH_DEFAULT_ADMIN_PASSWORD: site.secrets.unleashAdminPassword,
      INIT_ADMIN_API_TOKENS: site.unleash.adminToken,
      INIT_BACKEND_API_TOKENS: site.unleash.clientToken,
      LOG_LEVEL: "warn",
      // Without these it asks its maker for newer versions once a day and reports what is in use.
      CHECK_VERSION: "false",
      SEND_TELEMETRY: "false",
    },
  };
}

export function sandboxPart(site: Installation): PartPlan {
  return {
    ...usual,
    name: "sandbox",
    title: "Sandbox API",
    address: site.sandboxUrl,
    entry: "sandbox/main.ts",
    env: {
      NODE_ENV: "development",
      LOG_LEVEL: site.logLevel,
      SANDBOX_PORT: String(site.ports.sandbox),
      SANDBOX_DATA_DIR: join(site.stateDir, "sandbox"),
      MULTIBIOMETRICS_API_KEY: site.multibiometrics.apiKey,
      MULTIBIOMETRICS_QUALITY_API_KEY: site.multibiometrics.qualityApiKey,
    },
    watched: ["sandbox"],
  };
}

export function gatewayPart(site: Installation): PartPlan {
  return {
    ...usual,
    name: "gateway",
    title: "Gateway",
    address: site.gatewayUrl,
    entry: "gateway/main.ts",
    nodeOptions: GATEWAY_NODE_OPTIONS,
    env: {
      ...shared(site),
      ...multibiometrics(site),
      ...subjects(site),
      GATEWAY_PORT: String(site.ports.gateway),
      GATEWAY_DATA_DIR: join(site.stateDir, "gateway"),
      GATEWAY_INSTANCE_NAME: "gateway-1",
      DATABASE_URL: site.databaseUrl,
      UNLEASH_URL: site.unleash.url,
      UNLEASH_CLIENT_TOKEN: site.unleash.clientToken,
      UNLEASH_ENVIRONMENT: site.unleash.environment,
      GATEHOUSE_LOGIN_KEY_SECRET: site.secrets.loginKeySecret,
      GATEHOUSE_GATEWAY_SECRET: site.secrets.gatewaySecret,
    },
    watched: ["gateway", "lib", "db"],
  };
}

export function workerPart(site: Installation): PartPlan {
  return {
    ...usual,
    name: "worker",
    title: "Worker",
    address: "",
    entry: "worker/main.ts",
    env: {
      ...shared(site),
      ...multibiometrics(site),
      ...notifications(site),
      ...subjects(site),
      ...requestSettings(site.requests),
      ...unleashAdmin(site),
      DATABASE_URL: site.databaseUrl,
      GATEWAY_URL: site.gatewayUrl,
      ...given({ HEARTBEAT_URL: site.heartbeatUrl }),
      GATEHOUSE_AUDIT_SIGNING_KEY: site.secrets.auditSigningKey,
      GATEHOUSE_AUDIT_DIR: join(site.stateDir, "worker"),
    },
    watched: ["worker", "lib", "db"],
  };
}

export function consolePart(site: Installation, sampleApplicationKey: string | undefined): PartPlan {
  return {
    ...usual,
    name: "console",
    title: "Console",
    address: site.consoleUrl,
    entry: "scripts/parts/console-main.ts",
    env: {
      ...shared(site),
      ...multibiometrics(site),
      ...notifications(site),
      NEXT_TELEMETRY_DISABLED: "1",
      PORT: String(site.ports.console),
      DATABASE_URL: site.databaseUrl,
      NEXTAUTH_SECRET: site.secrets.authSecret,
      NEXTAUTH_URL: site.publicUrl,
      GATEHOUSE_TRUSTED_PROXIES: String(site.trustedProxies),
      GATEWAY_URL: site.gatewayUrl,
      ...given({ PROVIDER_STATUS_URL: site.providerStatusUrl }),
      ...given({ SAMPLE_APPLICATION_KEY: sampleApplicationKey }),
      ...unleashAdmin(site),
      GATEHOUSE_EMBEDDED: embeddedNames(site),
      ...subjects(site),
      ...requestSettings(site.requests),
      GATEHOUSE_AUDIT_PUBLIC_KEY: site.auditPublicKey,
      GATEHOUSE_LOGIN_KEY_SECRET: site.secrets.loginKeySecret,
      GATEHOUSE_MEMBER_SECRET: site.secrets.memberSecret,
      ...(site.oidc ? oidcSettings(site.oidc) : {}),
      ...(site.secondFactor ? { GATEHOUSE_SECOND_FACTOR: site.secondFactor } : {}),
    },
  };
}
