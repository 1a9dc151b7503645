import { z } from "zod";
import { SECOND_FACTOR_MODES, type SingleSignOn } from "#lib/auth/types.ts";
import { kindOf } from "#lib/contract-checks/kind.ts";
import { API_KINDS } from "#lib/contract-checks/types.ts";
import { ROLES, type Role } from "#lib/members/schema.ts";
import type { SmtpServer } from "#lib/notifications/types.ts";
import { readVerifierKey } from "#lib/transparency/signed-note.ts";

const advice = (what: string, write: string) => ({
  error: (issue: { input?: unknown }) =>
    issue.input === undefined ? `is missing. Write ${write}.` : `is not ${what}. Write ${write}.`,
});

export function whole(what: string, min: number, max: number, fallback: number) {
  const { error } = advice(what, `a whole number from ${min} to ${max}, for example ${fallback}`);
  return z
    .string({ error })
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error })
    .default(fallback);
}

export const port = (fallback: number) => whole("a port", 1, 65_535, fallback);
export const webAddress = z.url({
  protocol: /^https?$/,
  ...advice("a web address", "one that begins with http:// or https://"),
});
export const databaseAddress = z.url({
  protocol: /^postgres(ql)?$/,
  ...advice("a PostgreSQL address", "one like postgresql://name:password@host:5432/database"),
});
export const words = (what: string) => z.string(advice(what, what)).min(1);
export const secretHex = z
  .string(advice("a secret", "at least 64 hexadecimal digits, for example from: openssl rand -hex 32"))
  .regex(
    /^(?:[0-9a-f]{2}){32,}$/i,
    advice("a secret", "at least 64 hexadecimal digits, for example from: openssl rand -hex 32"),
  );
export const secretText = z
  .string(advice("a secret", "at least 32 characters, for example from: openssl rand -base64 48"))
  .min(32, advice("a secret", "at least 32 characters, for example from: openssl rand -base64 48"));
const verifierKeyAdvice = advice(
  "the public key of an audit log",
  "what audit-public-key.txt holds: a name, eight digits and a key with a plus sign between them",
);
export const verifierKey = z
  .string(verifierKeyAdvice)
  .refine((text) => readVerifierKey(text) !== null, verifierKeyAdvice);
export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export const logLevel = z
  .enum(LOG_LEVELS, advice("a log level", `one of ${LOG_LEVELS.join(", ")}`))
  .default("info");
export const timeZone = z
  .string()
  .refine(isTimeZone, advice("a time zone", "an IANA name, for example America/Sao_Paulo"))
  .default("America/Sao_Paulo");

const hours = advice("a number of hours", "a number from 0 to 72, for example 24");
/** How the company answers what people ask of it. */
export const requestFields = {
  /** Between an approval and what cannot be undone. */
  GATEHOUSE_REQUEST_DELAY_HOURS: z
    .string(hours)
    .regex(/^\d{1,2}(?:\.\d{1,6})?$/, hours)
    .transform(Number)
    .refine((value) => value <= 72, hours)
    .default(24),
  /** One person may decide what they opened and assessed themselves; the delay takes the second person's place. */
  GATEHOUSE_SINGLE_CONTROL: z.enum(["on", "off"], advice("a rule", "on or off")).default("off"),
  /** At most so many people in a minute are erased at the API, each with two calls. */
  GATEHOUSE_ERASURES_PER_MINUTE: whole("a number of people", 1, 100_000, 60),
  /** Who answers, as letters name them, and where people reach them. */
  GATEHOUSE_CONTROLLER_NAME: words("the name of the company that answers").optional(),
  GATEHOUSE_CONTROLLER_CONTACT: words("how people reach its data protection officer").optional(),
};

/** Unleash for whoever leads its flags: the console, and the worker. */
export const unleashAdminFields = {
  UNLEASH_URL: webAddress,
  UNLEASH_ADMIN_TOKEN: words("an Unleash admin token"),
  UNLEASH_ENVIRONMENT: words("the name of an Unleash environment"),
};

export const unleashAdminOf = (values: z.output<z.ZodObject<typeof unleashAdminFields>>) => ({
  url: values.UNLEASH_URL,
  adminToken: values.UNLEASH_ADMIN_TOKEN,
  environment: values.UNLEASH_ENVIRONMENT,
});

/** What sets the people of the erasure ledger's lines down, and where the ledger is kept. */
export const ledgerFields = {
  GATEHOUSE_LEDGER_SECRET: secretHex,
  GATEHOUSE_LEDGER_DIR: words("a folder where the erasure ledger is kept"),
};

export function requestsOf(values: z.output<z.ZodObject<typeof requestFields>>) {
  return {
    delayHours: values.GATEHOUSE_REQUEST_DELAY_HOURS,
    isSingleControl: values.GATEHOUSE_SINGLE_CONTROL === "on",
    erasuresPerMinute: values.GATEHOUSE_ERASURES_PER_MINUTE,
    controllerName: values.GATEHOUSE_CONTROLLER_NAME ?? null,
    controllerContact: values.GATEHOUSE_CONTROLLER_CONTACT ?? null,
  };
}

/** The same as variables again, for the processes that need them. */
export function requestSettings(requests: ReturnType<typeof requestsOf>): Record<string, string> {
  const { controllerName, controllerContact } = requests;
  return {
    GATEHOUSE_REQUEST_DELAY_HOURS: String(requests.delayHours),
    GATEHOUSE_SINGLE_CONTROL: requests.isSingleControl ? "on" : "off",
    GATEHOUSE_ERASURES_PER_MINUTE: String(requests.erasuresPerMinute),
    ...(controllerName === null ? {} : { GATEHOUSE_CONTROLLER_NAME: controllerName }),
    ...(controllerContact === null ? {} : { GATEHOUSE_CONTROLLER_CONTACT: controllerContact }),
  };
}

export const secondFactor = z
  .enum(SECOND_FACTOR_MODES, advice("a rule", `one of ${SECOND_FACTOR_MODES.join(", ")}`))
  .optional();

export const trustedProxies = whole("a number of proxies", 0, 10, 0);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const EMBEDDED_PARTS = ["database", "unleash", "api"] as const;
export const embeddedParts = z
  .string()
  .default("")
  .transform((list) => list.split(",").filter((part) => part !== ""))
  .pipe(z.array(z.enum(EMBEDDED_PARTS, advice("a list of embedded parts", EMBEDDED_PARTS.join(",")))))
  .transform((parts) => ({
    database: parts.includes("database"),
    unleash: parts.includes("unleash"),
    api: parts.includes("api"),
  }));

/** The keys beside the first: a second one to change to, and those of the quality package. */
export const multibiometricsKeys = {
  MULTIBIOMETRICS_API_KEY_SECONDARY: words("the second key of the Multibiometrics API").optional(),
  MULTIBIOMETRICS_QUALITY_API_KEY: words("the key for quality calls").optional(),
  MULTIBIOMETRICS_QUALITY_API_KEY_SECONDARY: words("the second key for quality calls").optional(),
};

/** What the address stands for; by its host where it is not said. */
export const apiKind = z
  .enum(API_KINDS, advice("a kind of API", `one of ${API_KINDS.join(", ")}`))
  .optional();

export const multibiometricsFields = {
  MULTIBIOMETRICS_URL: webAddress,
  MULTIBIOMETRICS_KIND: apiKind,
  MULTIBIOMETRICS_API_KEY: words("the key of the Multibiometrics API"),
  ...multibiometricsKeys,
  MULTIBIOMETRICS_TIMEOUT_MS: whole("a time in milliseconds", 100, 60_000, 3000),
};

export const smtpFields = {
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      ...advice("the address of an e-mail server", "one like smtps://name:password@mail.company.example:465"),
    })
    .optional(),
  SMTP_HOST: words("the name of an e-mail server").optional(),
  SMTP_PORT: whole("a port", 1, 65_535, 587),
  SMTP_USER: words("a name to sign in to the e-mail server with").optional(),
  SMTP_PASSWORD: words("the password of the e-mail server").optional(),
  SMTP_FROM: words("the address e-mails come from, for example gatehouse@company.example").optional(),
};

/** Settings that make sense only together, beside SMTP_URL, which holds them all but the sender. */
export const smtpTogether = [["SMTP_USER", "SMTP_PASSWORD"]] as const;

/** Where e-mail is handed in; null where nothing, or no sender, is set. */
export function smtpOf(values: z.output<z.ZodObject<typeof smtpFields>>): SmtpServer | null {
  const { SMTP_URL, SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD, SMTP_FROM: from } = values;
  if (from === undefined) return null;
  if (SMTP_URL !== undefined) {
    const { protocol, hostname, port, username, password } = new URL(SMTP_URL);
    const secure = protocol === "smtps:";
    const auth =
      username === "" ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
    return { host: hostname, port: Number(port) || (secure ? 465 : 587), secure, auth, from };
  }
  if (SMTP_HOST === undefined) return null;
  const auth =
    SMTP_USER === undefined || SMTP_PASSWORD === undefined ? null : { user: SMTP_USER, pass: SMTP_PASSWORD };
  return { host: SMTP_HOST, port: SMTP_PORT, secure: SMTP_PORT === 465, auth, from };
}

/** How the API is called. Quality calls use the people's keys until they have keys of their own. */
const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

export const oidcFields = {
  OIDC_ISSUER: webAddress.optional(),
  OIDC_CLIENT_ID: words("the client id that the provider gave to Gatehouse").optional(),
  OIDC_CLIENT_SECRET: words("the client secret that belongs to it").optional(),
  /** Which values of the claim are which role: `gatehouse-admins=administrator,auditors=compliance_officer`. */
  OIDC_ROLES: z
    .string()
    .transform((list) =>
      list.split(",").map((pair) => {
        const cut = pair.lastIndexOf("=");
        return { value: pair.slice(0, cut).trim(), role: pair.slice(cut + 1).trim() };
      }),
    )
    .pipe(
      z.array(
        z.object({ value: z.string().min(1), role: z.string().refine(isRole) }),
        advice(
          "a list of roles",
          `pairs of a claim's value and a role (${ROLES.join(", ")}), such as it-team=administrator,auditors=compliance_officer`,
        ),
      ),
    )
    .optional(),
  OIDC_ROLE_CLAIM: words("the name of the claim that carries roles or groups, such as roles").default(
    "roles",
  ),
  OIDC_NAME: words("what members call the single sign-on").default("single sign-on"),
};

export const oidcTogether = [["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_ROLES"]] as const;

/** The single sign-on provider and who gets which role from it; null where none is set. */
export function oidcOf(values: z.output<z.ZodObject<typeof oidcFields>>): SingleSignOn | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_ROLES } = values;
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET || !OIDC_ROLES) return null;
  return {
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    roles: OIDC_ROLES,
    roleClaim: values.OIDC_ROLE_CLAIM,
    name: values.OIDC_NAME,
  };
}

/** The same as variables again, for the process that needs them. */
export function oidcSettings({ issuer, clientId, clientSecret, roles, roleClaim, name }: SingleSignOn) {
  return {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_ROLES: roles.map(({ value, role }) => `${value}=${role}`).join(","),
    OIDC_ROLE_CLAIM: roleClaim,
    OIDC_NAME: name,
  };
}

export function multibiometricsOf(values: z.output<z.ZodObject<typeof multibiometricsFields>>) {
  const apiKey = values.MULTIBIOMETRICS_API_KEY;
  const apiKeySecondary = values.MULTIBIOMETRICS_API_KEY_SECONDARY;
  const own = values.MULTIBIOMETRICS_QUALITY_API_KEY;
  const ownSecondary = values.MULTIBIOMETRICS_QUALITY_API_KEY_SECONDARY;
  return {
    url: values.MULTIBIOMETRICS_URL,
    kind: kindOf(values.MULTIBIOMETRICS_URL, values.MULTIBIOMETRICS_KIND),
    apiKey,
    apiKeySecondary,
    qualityApiKey: own ?? apiKey,
    qualityApiKeySecondary: ownSecondary ?? (own === undefined ? apiKeySecondary : undefined),
    totalTimeoutMs: values.MULTIBIOMETRICS_TIMEOUT_MS,
  };
}
