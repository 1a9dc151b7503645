import { delimiter } from "node:path";
import { z } from "zod";
import { port, trustedProxies, webAddress, words } from "./fields.ts";
import { type Environment, parseSettings } from "./parse.ts";

// What processes need that run a part for us, before anything of that part is asked.

/**
 * Reads what the part that runs the embedded PostgreSQL needs.
 * @throws SettingsError with every bad setting at once.
 */
export function readPostgresSettings(env: Environment = process.env) {
  const shape = {
    GATEHOUSE_DATA_DIR: words("a folder"),
    POSTGRES_PORT: port(54_329),
    POSTGRES_SUPERUSER_PASSWORD: words("a password"),
    POSTGRES_GATEHOUSE_PASSWORD: words("a password"),
    POSTGRES_APPLICATION_PASSWORD: words("a password"),
    POSTGRES_UNLEASH_PASSWORD: words("a password"),
  };
  const values = parseSettings(shape, env);
  return {
    stateDir: values.GATEHOUSE_DATA_DIR,
    port: values.POSTGRES_PORT,
    superuserPassword: values.POSTGRES_SUPERUSER_PASSWORD,
    databases: [
      {
        name: "gatehouse",
        password: values.POSTGRES_GATEHOUSE_PASSWORD,
        application: { name: "gatehouse_parts", password: values.POSTGRES_APPLICATION_PASSWORD },
      },
      { name: "unleash", password: values.POSTGRES_UNLEASH_PASSWORD },
    ],
  };
}

/**
 * Reads what the process that serves the console's pages needs before any of them is asked for.
 * @throws SettingsError with every bad setting at once.
 */
export function readConsoleServerSettings(env: Environment = process.env) {
  const shape = {
    PORT: port(3000),
    NODE_ENV: words("production or development"),
    NEXTAUTH_URL: webAddress,
    GATEHOUSE_TRUSTED_PROXIES: trustedProxies,
  };
  const values = parseSettings(shape, env);
  return {
    port: values.PORT,
    development: values.NODE_ENV === "development",
    publicUrl: values.NEXTAUTH_URL,
    trustedProxies: values.GATEHOUSE_TRUSTED_PROXIES,
  };
}

/** The browser the tests were told to use, if any, and where programs are looked for. */
export function readBrowserSettings(env: Environment = process.env) {
  const values = parseSettings(
    { CHROME_PATH: words("a path").optional(), PATH: z.string().default("") },
    env,
  );
  return { chromePath: values.CHROME_PATH, programFolders: values.PATH.split(delimiter) };
}
