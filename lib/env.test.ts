import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkpointSigner } from "#lib/transparency/checkpoint.ts";
import {
  type Environment,
  readConsoleSettings,
  readGatewaySettings,
  readStartSettings,
  SettingsError,
} from "./env.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-env-"));
afterAll(() => rmSync(folder, { recursive: true }));

const secret = "ab".repeat(32);
const gateway: Environment = {
  GATEWAY_DATA_DIR: "state",
  DATABASE_URL: "postgresql://a:b@127.0.0.1/c",
  UNLEASH_URL: "http://127.0.0.1:4242",
  UNLEASH_CLIENT_TOKEN: "token",
  UNLEASH_ENVIRONMENT: "development",
  MULTIBIOMETRICS_URL: "http://127.0.0.1:4100",
  MULTIBIOMETRICS_API_KEY: "people-key",
  GATEHOUSE_LOGIN_KEY_SECRET: secret,
  GATEHOUSE_GATEWAY_SECRET: secret,
  GATEHOUSE_AUDIT_SECRET: secret,
  GATEHOUSE_LEDGER_SECRET: secret,
  GATEHOUSE_LEDGER_DIR: "state",
};

function problemsOf(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.map(({ variable }) => variable).sort();
    throw error;
  }
  return [];
}

describe("start settings", () => {
  test("an empty environment starts every embedded part on its usual port", () => {
    const settings = readStartSettings({});
    expect(settings.ports).toEqual({
      console: 3000,
      gateway: 4000,
      sandbox: 4100,
      unleash: 4242,
      postgres: 54_329,
    });
    expect(settings.databaseUrl ?? settings.unleash ?? settings.multibiometrics).toBeUndefined();
    expect(settings.unleashEnvironment).toBe("development");
  });

  test.each([
    ["PORT", "0"],
    ["PORT", "65536"],
    ["GATEWAY_PORT", "4000x"],
    ["SANDBOX_PORT", "-1"],
    ["DATABASE_URL", "mysql://a:b@host/c"],
    ["GATEHOUSE_TIME_ZONE", "Mars/Olympus"],
    ["LOG_LEVEL", "loud"],
  ])("%s=%s is refused by name", (variable, value) => {
    expect(problemsOf(() => readStartSettings({ [variable]: value }))).toEqual([variable]);
  });

  test("every bad setting is in one list, each with what to write instead", () => {
    const read = () => readStartSettings({ PORT: "abc", DATABASE_URL: "nowhere", LOG_LEVEL: "" });
    expect(problemsOf(read)).toEqual(["DATABASE_URL", "PORT"]);
    expect(read).toThrow(/PORT is not a port\. Write a whole number from 1 to 65535/);
  });

  test("half of an Unleash is refused and names the missing half", () => {
    const read = () => readStartSettings({ UNLEASH_URL: "https://flags.example", UNLEASH_ADMIN_TOKEN: "t" });
    expect(problemsOf(read)).toEqual(["UNLEASH_CLIENT_TOKEN"]);
  });

  test("an API address without its key is refused", () => {
    const read = () => readStartSettings({ MULTIBIOMETRICS_URL: "https://api.example" });
    expect(problemsOf(read)).toEqual(["MULTIBIOMETRICS_API_KEY"]);
  });

  test("a real Unleash is read in its production environment unless another is named", () => {
    const own = { UNLEASH_URL: "https://flags.example", UNLEASH_ADMIN_TOKEN: "a", UNLEASH_CLIENT_TOKEN: "c" };
    expect(readStartSettings(own).unleashEnvironment).toBe("production");
    expect(readStartSettings({ ...own, UNLEASH_ENVIRONMENT: "staging" }).unleashEnvironment).toBe("staging");
  });
});

describe("secrets", () => {
  const { MULTIBIOMETRICS_API_KEY: _, ...keyless } = gateway;

  test.each([
    ["key-from-file\n", "key-from-file"],
    ["key-from-file\r\n", "key-from-file"],
    [" spaces count \n\n", " spaces count \n"],
  ])("a secret may lie in a file; one line end after it is no part of it: %j", (text, apiKey) => {
    const file = join(folder, "key");
    writeFileSync(file, text);
    const settings = readGatewaySettings({ ...keyless, MULTIBIOMETRICS_API_KEY_FILE: file });
    expect(settings.multibiometrics.apiKey).toBe(apiKey);
  });

  test.each([
    ["does not exist", join(folder, "none"), /does not exist\. Write its path, or put the file there/],
    ["is a folder", folder, /cannot be read\. Write the path of a plain file/],
    ["is empty", "", /names an empty file\. Write the value into it/],
  ])("a secret's file that %s is named once, with what to do", (_, path, what) => {
    const file = path || join(folder, "empty");
    if (path === "") writeFileSync(file, "\n");
    const read = () => readGatewaySettings({ ...keyless, MULTIBIOMETRICS_API_KEY_FILE: file });
    expect(problemsOf(read)).toEqual(["MULTIBIOMETRICS_API_KEY_FILE"]);
    expect(read).toThrow(what);
  });

  test("a secret given twice, as itself and as a file, is refused: nobody could tell which one counts", () => {
    const read = () => readGatewaySettings({ ...gateway, MULTIBIOMETRICS_API_KEY_FILE: join(folder, "key") });
    expect(problemsOf(read)).toEqual(["MULTIBIOMETRICS_API_KEY_FILE"]);
    expect(read).toThrow(/is set beside MULTIBIOMETRICS_API_KEY\. Keep one of the two/);
  });

  test("a bad secret is named but never repeated in the message", () => {
    const read = () => readGatewaySettings({ ...gateway, GATEHOUSE_GATEWAY_SECRET: "short-secret" });
    expect(problemsOf(read)).toEqual(["GATEHOUSE_GATEWAY_SECRET"]);
    expect(read).not.toThrow(/short-secret/);
  });

  test("quality calls use the people's key until they have one of their own", () => {
    expect(readGatewaySettings(gateway).multibiometrics.qualityApiKey).toBe("people-key");
    const own = { ...gateway, MULTIBIOMETRICS_QUALITY_API_KEY: "quality-key" };
    expect(readGatewaySettings(own).multibiometrics.qualityApiKey).toBe("quality-key");
  });
});

describe("console settings", () => {
  const settings = {
    ...gateway,
    UNLEASH_ADMIN_TOKEN: "token",
    NEXTAUTH_SECRET: "x".repeat(32),
    NEXTAUTH_URL: "http://127.0.0.1:3000",
    GATEWAY_URL: "http://127.0.0.1:4000",
    GATEHOUSE_NOTIFICATION_SECRET: secret,
    GATEHOUSE_AUDIT_SECRET: secret,
    GATEHOUSE_MEMBER_SECRET: secret,
    GATEHOUSE_AUDIT_PUBLIC_KEY: checkpointSigner(secret).verifierKey,
  };

  test("mean the same when every one of them lies in a file", () => {
    const inFiles = Object.entries(settings).map(([name, value = ""]) => {
      writeFileSync(join(folder, name), `${value}\n`);
      return [`${name}_FILE`, join(folder, name)] as const;
    });
    expect(readConsoleSettings(Object.fromEntries(inFiles))).toEqual(readConsoleSettings(settings));
  });

  test("know which parts are the embedded ones", () => {
    expect(readConsoleSettings(settings).embedded).toEqual({ database: false, unleash: false, api: false });
    const trial = readConsoleSettings({ ...settings, GATEHOUSE_EMBEDDED: "database,unleash" });
    expect(trial.embedded).toEqual({ database: true, unleash: true, api: false });
    expect(trial.unleash.embedded).toBe(true);
  });

  test("refuse an embedded part nobody knows", () => {
    expect(problemsOf(() => readConsoleSettings({ ...settings, GATEHOUSE_EMBEDDED: "redis" }))).toEqual([
      "GATEHOUSE_EMBEDDED",
    ]);
  });

  test.each([
    [
      "an address with everything in it",
      { SMTP_URL: "smtps://gate%40co:p%2Fw@mail.example" },
      { host: "mail.example", port: 465, secure: true, auth: { user: "gate@co", pass: "p/w" } },
    ],
    [
      "a plain address",
      { SMTP_URL: "smtp://mail.example" },
      { host: "mail.example", port: 587, secure: false, auth: null },
    ],
    [
      "fields",
      { SMTP_HOST: "mail.example", SMTP_PORT: "465", SMTP_USER: "gate", SMTP_PASSWORD: "pw" },
      { host: "mail.example", port: 465, secure: true, auth: { user: "gate", pass: "pw" } },
    ],
  ])("know the e-mail server from %s", (_, given, server) => {
    const from = "gatehouse@company.example";
    expect(readConsoleSettings({ ...settings, ...given, SMTP_FROM: from }).smtp).toEqual({ ...server, from });
    expect(readConsoleSettings({ ...settings, ...given }).smtp).toBeNull();
  });

  test("refuse a name for the e-mail server without its password, which may lie in a file", () => {
    const half = { ...settings, SMTP_HOST: "mail.example", SMTP_USER: "gate" };
    expect(problemsOf(() => readConsoleSettings(half))).toEqual(["SMTP_PASSWORD"]);
    const file = join(folder, "smtp-password");
    writeFileSync(file, "from a file\n");
    const whole = { ...half, SMTP_PASSWORD_FILE: file, SMTP_FROM: "gatehouse@company.example" };
    expect(readConsoleSettings(whole).smtp?.auth).toEqual({ user: "gate", pass: "from a file" });
  });
});

describe("single sign-on", () => {
  const oidc = {
    OIDC_ISSUER: "https://id.example",
    OIDC_CLIENT_ID: "gatehouse",
    OIDC_CLIENT_SECRET: "its secret",
    OIDC_ROLES: "it-team=administrator, audit = compliance_officer,a=b=viewer",
  };

  test("is set whole or not at all", () => {
    expect(readStartSettings({}).oidc).toBeNull();
    expect(readStartSettings(oidc).oidc).toEqual({
      issuer: "https://id.example",
      clientId: "gatehouse",
      clientSecret: "its secret",
      roleClaim: "roles",
      name: "single sign-on",
      roles: [
        { value: "it-team", role: "administrator" },
        { value: "audit", role: "compliance_officer" },
        { value: "a=b", role: "viewer" },
      ],
    });
    const { OIDC_CLIENT_SECRET: _, ...partly } = oidc;
    expect(() => readStartSettings(partly)).toThrow(/OIDC_CLIENT_SECRET is missing/);
  });

  test.each(["it-team", "it-team=boss", "=viewer", ""])("does not take %j for a list of roles", (roles) => {
    expect(() => readStartSettings({ ...oidc, OIDC_ROLES: roles })).toThrow(/OIDC_ROLES/);
  });
});
