import { webAddress, words } from "./fields.ts";
import { type Environment, parseSettings } from "./parse.ts";

/**
 * Reads the addresses and sign-in of the Gatehouse a journey test walks through.
 * @throws SettingsError with every bad setting at once.
 */
export function readJourneySettings(env: Environment = process.env) {
  const shape = {
    GATEHOUSE_URL: webAddress,
    GATEHOUSE_GATEWAY_URL: webAddress,
    GATEHOUSE_SANDBOX_URL: webAddress,
    GATEHOUSE_ADMIN_EMAIL: words("the first administrator's e-mail address"),
    GATEHOUSE_ADMIN_PASSWORD: words("the first administrator's password"),
    GATEHOUSE_SAMPLE_KEY: words("the gateway key of the sample application"),
    GATEHOUSE_API_KEY: words("the key of the Multibiometrics API"),
    GATEHOUSE_STATE_DIR: words("the folder where this Gatehouse keeps its state"),
    GATEHOUSE_DATABASE_URLS: words("the addresses of its databases, with commas between them"),
    CHROME_PATH: words("the path of Chrome or Chromium"),
  };
  const values = parseSettings(shape, env);
  return {
    consoleUrl: values.GATEHOUSE_URL,
    gatewayUrl: values.GATEHOUSE_GATEWAY_URL,
    sandboxUrl: values.GATEHOUSE_SANDBOX_URL,
    adminEmail: values.GATEHOUSE_ADMIN_EMAIL,
    adminPassword: values.GATEHOUSE_ADMIN_PASSWORD,
    sampleApplicationKey: values.GATEHOUSE_SAMPLE_KEY,
    apiKey: values.GATEHOUSE_API_KEY,
    stateDir: values.GATEHOUSE_STATE_DIR,
    databaseUrls: values.GATEHOUSE_DATABASE_URLS.split(","),
    chromePath: values.CHROME_PATH,
  };
}
