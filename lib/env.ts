import { hostname } from "node:os";
import {
  databaseAddress,
  embeddedParts,
  type LOG_LEVELS,
  ledgerFields,
  logLevel,
  multibiometricsFields,
  multibiometricsKeys,
  multibiometricsOf,
  oidcFields,
  oidcOf,
  oidcTogether,
  port,
  requestFields,
  requestsOf,
  secondFactor,
  secretHex,
  secretText,
  smtpFields,
  smtpOf,
  smtpTogether,
  timeZone,
  trustedProxies,
  unleashAdminFields,
  unleashAdminOf,
  verifierKey,
  webAddress,
  whole,
  words,
} from "#lib/settings/fields.ts";
import { type Environment, parseSettings, SettingsError } from "#lib/settings/parse.ts";

export { type Environment, SettingsError };

export type StartSettings = ReturnType<typeof readStartSettings>;

/**
 * Reads what the start command needs: ports, where state lives, and which parts are real ones.
 * @throws SettingsError with every bad setting at once.
 */
export function readStartSettings(env: Environment = process.env) {
  const shape = {
    GATEHOUSE_DATA_DIR: words("a folder").default(".gatehouse"),
    PORT: port(3000),
    GATEWAY_PORT: port(4000),
    SANDBOX_PORT: port(4100),
    UNLEASH_PORT: port(4242),
    POSTGRES_PORT: port(54_329),
    DATABASE_URL: databaseAddress.optional(),
    DATABASE_OWNER_URL: databaseAddress.optional(),
    UNLEASH_URL: webAddress.optional(),
    UNLEASH_ADMIN_TOKEN: words("an Unleash admin token").optional(),
    UNLEASH_CLIENT_TOKEN: words("an Unleash client token").optional(),
    UNLEASH_ENVIRONMENT: words("the name of an Unleash environment").optional(),
    MULTIBIOMETRICS_URL: webAddress.optional(),
    MULTIBIOMETRICS_API_KEY: words("the key of the Multibiometrics API").optional(),
    ...multibiometricsKeys,
    MULTIBIOMETRICS_KIND: multibiometricsFields.MULTIBIOMETRICS_KIND,
    MULTIBIOMETRICS_TIMEOUT_MS: multibiometricsFields.MULTIBIOMETRICS_TIMEOUT_MS,
    PROVIDER_STATUS_URL: webAddress.optional(),
    HEARTBEAT_URL: webAddress.optional(),
    ...smtpFields,
    ...oidcFields,
    ...requestFields,
    GATEHOUSE_SECOND_FACTOR: secondFactor,
    NEXTAUTH_URL: webAddress.optional(),
    GATEHOUSE_TRUSTED_PROXIES: trustedProxies,
    GATEHOUSE_TIME_ZONE: timeZone,
    LOG_LEVEL: logLevel,
  };
  const values = parseSettings(shape, env, [
    ...smtpTogether,
    ...oidcTogether,
    ["UNLEASH_URL", "UNLEASH_ADMIN_TOKEN", "UNLEASH_CLIENT_TOKEN"],
    ["MULTIBIOMETRICS_URL", "MULTIBIOMETRICS_API_KEY"],
  ]);
  if (values.DATABASE_OWNER_URL !== undefined && values.DATABASE_URL === undefined) {
    const problem = "is missing while DATABASE_OWNER_URL is set. Write the address the parts sign in with.";
    throw new SettingsError([{ variable: "DATABASE_URL", problem }]);
  }
  const { UNLEASH_URL, UNLEASH_ADMIN_TOKEN, UNLEASH_CLIENT_TOKEN } = values;
  const { MULTIBIOMETRICS_URL, MULTIBIOMETRICS_API_KEY } = values;
  return {
    dataDir: values.GATEHOUSE_DATA_DIR,
    ports: {
      console: values.PORT,
      gateway: values.GATEWAY_PORT,
      sandbox: values.SANDBOX_PORT,
      unleash: values.UNLEASH_PORT,
      postgres: values.POSTGRES_PORT,
    },
    databaseUrl: values.DATABASE_URL,
    databaseOwnerUrl: values.DATABASE_OWNER_URL,
    unleash:
      UNLEASH_URL && UNLEASH_ADMIN_TOKEN && UNLEASH_CLIENT_TOKEN
        ? { url: UNLEASH_URL, adminToken: UNLEASH_ADMIN_TOKEN, clientToken: UNLEASH_CLIENT_TOKEN }
        : undefined,
    unleashEnvironment: values.UNLEASH_ENVIRONMENT ?? (UNLEASH_URL ? "production" : "development"),
    multibiometrics:
      MULTIBIOMETRICS_URL && MULTIBIOMETRICS_API_KEY
        ? multibiometricsOf({ ...values, MULTIBIOMETRICS_URL, MULTIBIOMETRICS_API_KEY })
        : undefined,
    providerStatusUrl: values.PROVIDER_STATUS_URL,
    heartbeatUrl: values.HEARTBEAT_URL,
    multibiometricsTimeoutMs: values.MULTIBIOMETRICS_TIMEOUT_MS,
    smtp: smtpOf(values),
    oidc: oidcOf(values),
    secondFactor: values.GATEHOUSE_SECOND_FACTOR,
    requests: requestsOf(values),
    /** Where browsers reach the console, if something stands in front of it. */
    publicUrl: values.NEXTAUTH_URL,
    trustedProxies: values.GATEHOUSE_TRUSTED_PROXIES,
    timeZone: values.GATEHOUSE_TIME_ZONE,
    logLevel: values.LOG_LEVEL,
  };
}

export type GatewaySettings = ReturnType<typeof readGatewaySettings>;

/**
 * Reads the gateway's settings.
 * @throws SettingsError with every bad setting at once.
 */
export function readGatewaySettings(env: Environment = process.env) {
  const shape = {
    GATEWAY_PORT: port(4000),
    GATEWAY_HOST: words("an address to listen on").default("127.0.0.1"),
    GATEWAY_DATA_DIR: words("a folder for the journal and the snapshot"),
    GATEWAY_INSTANCE_NAME: words("a name for this gateway").optional(),
    GATEWAY_CALLS_PER_SECOND: whole("a number of calls", 1, 1_000_000, 1000),
    GATEWAY_CONTROL_SILENCE_MS: whole("a time in milliseconds", 1000, 3_600_000, 120_000),
    DATABASE_URL: databaseAddress,
    UNLEASH_URL: webAddress,
    UNLEASH_CLIENT_TOKEN: words("an Unleash client token"),
    UNLEASH_ENVIRONMENT: words("the name of an Unleash environment"),
    ...multibiometricsFields,
    GATEHOUSE_LOGIN_KEY_SECRET: secretHex,
    GATEHOUSE_GATEWAY_SECRET: secretHex,
    GATEHOUSE_AUDIT_SECRET: secretHex,
    ...ledgerFields,
    GATEHOUSE_TIME_ZONE: timeZone,
    LOG_LEVEL: logLevel,
  };
  const values = parseSettings(shape, env);
  return {
    port: values.GATEWAY_PORT,
    host: values.GATEWAY_HOST,
    dataDir: values.GATEWAY_DATA_DIR,
    instanceName: values.GATEWAY_INSTANCE_NAME ?? hostname(),
    /** Of one application on this gateway. */
    callsPerSecond: values.GATEWAY_CALLS_PER_SECOND,
    controlSilenceMs: values.GATEWAY_CONTROL_SILENCE_MS,
    databaseUrl: values.DATABASE_URL,
    unleash: {
      url: values.UNLEASH_URL,
      clientToken: values.UNLEASH_CLIENT_TOKEN,
      environment: values.UNLEASH_ENVIRONMENT,
    },
    multibiometrics: multibiometricsOf(values),
    loginKeySecret: values.GATEHOUSE_LOGIN_KEY_SECRET,
    gatewaySecret: values.GATEHOUSE_GATEWAY_SECRET,
    auditSecret: values.GATEHOUSE_AUDIT_SECRET,
    ledger: { secret: values.GATEHOUSE_LEDGER_SECRET, folder: values.GATEHOUSE_LEDGER_DIR },
    timeZone: values.GATEHOUSE_TIME_ZONE,
    logLevel: values.LOG_LEVEL,
  };
}

export type ConsoleSettings = ReturnType<typeof readConsoleSettings>;

/**
 * Reads the settings of the console's server.
 * @throws SettingsError with every bad setting at once.
 */
export function readConsoleSettings(env: Environment = process.env) {
  const shape = {
    DATABASE_URL: databaseAddress,
    NEXTAUTH_SECRET: secretText,
    NEXTAUTH_URL: webAddress,
    GATEWAY_URL: webAddress,
    PROVIDER_STATUS_URL: webAddress.optional(),
    SAMPLE_APPLICATION_KEY: words("the gateway key of the sample application").optional(),
    ...unleashAdminFields,
    GATEHOUSE_EMBEDDED: embeddedParts,
    ...multibiometricsFields,
    GATEHOUSE_LOGIN_KEY_SECRET: secretHex,
    GATEHOUSE_NOTIFICATION_SECRET: secretHex,
    GATEHOUSE_AUDIT_SECRET: secretHex,
    GATEHOUSE_MEMBER_SECRET: secretHex,
    GATEHOUSE_AUDIT_PUBLIC_KEY: verifierKey,
    GATEHOUSE_SECOND_FACTOR: secondFactor,
    ...ledgerFields,
    ...requestFields,
    ...oidcFields,
    ...smtpFields,
    GATEHOUSE_TIME_ZONE: timeZone,
    LOG_LEVEL: logLevel,
  };
  const values = parseSettings(shape, env, [...smtpTogether, ...oidcTogether]);
  return {
    databaseUrl: values.DATABASE_URL,
    authSecret: values.NEXTAUTH_SECRET,
    publicUrl: values.NEXTAUTH_URL,
    isHttps: values.NEXTAUTH_URL.startsWith("https:"),
    gatewayUrl: values.GATEWAY_URL,
    /** The status page of whoever runs the API; null where none was named. */
    providerStatusUrl: values.PROVIDER_STATUS_URL ?? null,
    sampleApplicationKey: values.SAMPLE_APPLICATION_KEY,
    unleash: { ...unleashAdminOf(values), embedded: values.GATEHOUSE_EMBEDDED.unleash },
    embedded: values.GATEHOUSE_EMBEDDED,
    multibiometrics: multibiometricsOf(values),
    loginKeySecret: values.GATEHOUSE_LOGIN_KEY_SECRET,
    notificationSecret: values.GATEHOUSE_NOTIFICATION_SECRET,
    auditSecret: values.GATEHOUSE_AUDIT_SECRET,
    memberSecret: values.GATEHOUSE_MEMBER_SECRET,
    auditPublicKey: values.GATEHOUSE_AUDIT_PUBLIC_KEY,
    /** A trial asks for a second factor once it matters; beside a database of one's own it is required. */
    secondFactor:
      values.GATEHOUSE_SECOND_FACTOR ??
      (values.GATEHOUSE_EMBEDDED.database ? ("before_dangerous_acts" as const) : ("required" as const)),
    ledger: { secret: values.GATEHOUSE_LEDGER_SECRET, folder: values.GATEHOUSE_LEDGER_DIR },
    requests: requestsOf(values),
    oidc: oidcOf(values),
    smtp: smtpOf(values),
    timeZone: values.GATEHOUSE_TIME_ZONE,
    logLevel: values.LOG_LEVEL,
  };
}

/**
 * Reads the worker's settings.
 * @throws SettingsError with every bad setting at once.
 */
export function readWorkerSettings(env: Environment = process.env) {
  const shape = {
    DATABASE_URL: databaseAddress,
    GATEWAY_URL: webAddress.optional(),
    GATEHOUSE_NOTIFICATION_SECRET: secretHex,
    GATEHOUSE_AUDIT_SIGNING_KEY: secretHex,
    GATEHOUSE_AUDIT_DIR: words("a folder where checkpoints of the audit log are kept"),
    GATEHOUSE_AUDIT_SECRET: secretHex,
    ...ledgerFields,
    ...requestFields,
    ...multibiometricsFields,
    ...unleashAdminFields,
    ...smtpFields,
    HEARTBEAT_URL: webAddress.optional(),
    GATEHOUSE_TIME_ZONE: timeZone,
    LOG_LEVEL: logLevel,
  };
  const values = parseSettings(shape, env, smtpTogether);
  return {
    databaseUrl: values.DATABASE_URL,
    /** Where gateways answer, to probe them there; without it what they report of themselves is all that is known. */
    gatewayUrl: values.GATEWAY_URL ?? null,
    notificationSecret: values.GATEHOUSE_NOTIFICATION_SECRET,
    auditSigningKey: values.GATEHOUSE_AUDIT_SIGNING_KEY,
    auditDir: values.GATEHOUSE_AUDIT_DIR,
    auditSecret: values.GATEHOUSE_AUDIT_SECRET,
    ledger: { secret: values.GATEHOUSE_LEDGER_SECRET, folder: values.GATEHOUSE_LEDGER_DIR },
    requests: requestsOf(values),
    multibiometrics: multibiometricsOf(values),
    unleash: unleashAdminOf(values),
    smtp: smtpOf(values),
    /** Told that all is well once a minute, where somebody outside watches. */
    heartbeatUrl: values.HEARTBEAT_URL ?? null,
    timeZone: values.GATEHOUSE_TIME_ZONE,
    logLevel: values.LOG_LEVEL,
  };
}

/** The log level asked for; "info" where it is missing or bad, so that a bad level can still be reported. */
export function readLogLevel(env: Environment = process.env): (typeof LOG_LEVELS)[number] {
  return logLevel.catch("info").parse(env.LOG_LEVEL);
}

const SYSTEM_VARIABLES =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.+|TZ|TMPDIR|TEMP|TMP|TERM|SSL_CERT_.+|NODE_EXTRA_CA_CERTS|.+_proxy|.+_PROXY)$/;

/** What a part inherits: what the system needs, and none of the settings or secrets meant for another part. */
export function systemEnvironment(env: Environment = process.env): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => SYSTEM_VARIABLES.test(name));
  return Object.fromEntries(kept.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
