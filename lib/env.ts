import { hostname } from "node:os";
import {
  databaseAddress,
  embeddedParts,
  type LOG_LEVELS,
  logLevel,
  multibiometricsFields,
  multibiometricsOf,
  port,
  secretHex,
  secretText,
  timeZone,
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
    UNLEASH_URL: webAddress.optional(),
    UNLEASH_ADMIN_TOKEN: words("an Unleash admin token").optional(),
    UNLEASH_CLIENT_TOKEN: words("an Unleash client token").optional(),
    UNLEASH_ENVIRONMENT: words("the name of an Unleash environment").optional(),
    MULTIBIOMETRICS_URL: webAddress.optional(),
    MULTIBIOMETRICS_API_KEY: words("the key of the Multibiometrics API").optional(),
    MULTIBIOMETRICS_QUALITY_API_KEY: words("the key for quality calls").optional(),
    MULTIBIOMETRICS_TIMEOUT_MS: multibiometricsFields.MULTIBIOMETRICS_TIMEOUT_MS,
    GATEHOUSE_TIME_ZONE: timeZone,
    LOG_LEVEL: logLevel,
  };
  const values = parseSettings(shape, env, [
    ["UNLEASH_URL", "UNLEASH_ADMIN_TOKEN", "UNLEASH_CLIENT_TOKEN"],
    ["MULTIBIOMETRICS_URL", "MULTIBIOMETRICS_API_KEY"],
  ]);
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
    unleash:
      UNLEASH_URL && UNLEASH_ADMIN_TOKEN && UNLEASH_CLIENT_TOKEN
        ? { url: UNLEASH_URL, adminToken: UNLEASH_ADMIN_TOKEN, clientToken: UNLEASH_CLIENT_TOKEN }
        : undefined,
    unleashEnvironment: values.UNLEASH_ENVIRONMENT ?? (UNLEASH_URL ? "production" : "development"),
    multibiometrics:
      MULTIBIOMETRICS_URL && MULTIBIOMETRICS_API_KEY
        ? multibiometricsOf({ ...values, MULTIBIOMETRICS_URL, MULTIBIOMETRICS_API_KEY })
        : undefined,
    multibiometricsTimeoutMs: values.MULTIBIOMETRICS_TIMEOUT_MS,
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
    GATEWAY_CONTROL_SILENCE_MS: whole("a time in milliseconds", 1000, 3_600_000, 120_000),
    DATABASE_URL: databaseAddress,
    UNLEASH_URL: webAddress,
    UNLEASH_CLIENT_TOKEN: words("an Unleash client token"),
    UNLEASH_ENVIRONMENT: words("the name of an Unleash environment"),
    ...multibiometricsFields,
    GATEHOUSE_LOGIN_KEY_SECRET: secretHex,
    GATEHOUSE_GATEWAY_SECRET: secretHex,
    LOG_LEVEL: logLevel,
  };
  const values = parseSettings(shape, env);
  return {
    port: values.GATEWAY_PORT,
    host: values.GATEWAY_HOST,
    dataDir: values.GATEWAY_DATA_DIR,
    instanceName: values.GATEWAY_INSTANCE_NAME ?? hostname(),
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
    SAMPLE_APPLICATION_KEY: words("the gateway key of the sample application").optional(),
    UNLEASH_URL: webAddress,
    UNLEASH_ENVIRONMENT: words("the name of an Unleash environment"),
    GATEHOUSE_EMBEDDED: embeddedParts,
    ...multibiometricsFields,
    GATEHOUSE_LOGIN_KEY_SECRET: secretHex,
    GATEHOUSE_TIME_ZONE: timeZone,
    LOG_LEVEL: logLevel,
  };
  const values = parseSettings(shape, env);
  return {
    databaseUrl: values.DATABASE_URL,
    authSecret: values.NEXTAUTH_SECRET,
    publicUrl: values.NEXTAUTH_URL,
    gatewayUrl: values.GATEWAY_URL,
    sampleApplicationKey: values.SAMPLE_APPLICATION_KEY,
    unleash: {
      url: values.UNLEASH_URL,
      environment: values.UNLEASH_ENVIRONMENT,
      embedded: values.GATEHOUSE_EMBEDDED.unleash,
    },
    embedded: values.GATEHOUSE_EMBEDDED,
    multibiometrics: multibiometricsOf(values),
    loginKeySecret: values.GATEHOUSE_LOGIN_KEY_SECRET,
    timeZone: values.GATEHOUSE_TIME_ZONE,
    logLevel: values.LOG_LEVEL,
  };
}

export type WorkerSettings = ReturnType<typeof readWorkerSettings>;

/**
 * Reads the worker's settings.
 * @throws SettingsError with every bad setting at once.
 */
export function readWorkerSettings(env: Environment = process.env) {
  const values = parseSettings(
    { DATABASE_URL: databaseAddress, GATEHOUSE_TIME_ZONE: timeZone, LOG_LEVEL: logLevel },
    env,
  );
  return {
    databaseUrl: values.DATABASE_URL,
    timeZone: values.GATEHOUSE_TIME_ZONE,
    logLevel: values.LOG_LEVEL,
  };
}

/** The log level asked for; "info" where it is missing or bad, so that a bad level can still be reported. */
export function readLogLevel(env: Environment = process.env): (typeof LOG_LEVELS)[number] {
  return logLevel.catch("info").parse(env.LOG_LEVEL);
}
