// Postman's format v2.1, as far as our collections use it:
// https://schema.postman.com/json/collection/v2.1.0/collection.json

export type ScriptEvent = {
  listen: "prerequest" | "test";
  script: { type: "text/javascript"; exec: string[] };
};

export type Auth =
  | { type: "noauth" }
  | { type: "bearer"; bearer: { key: "token"; value: string; type: "string" }[] }
  | { type: "apikey"; apikey: { key: "key" | "value" | "in"; value: string; type: "string" }[] };

export type RequestItem = {
  name: string;
  request: {
    method: string;
    description?: string;
    auth?: Auth;
    header: { key: string; value: string }[];
    body?: { mode: "raw"; raw: string; options: { raw: { language: "json" | "text" } } };
    url: { raw: string; host: string[]; path: string[] };
  };
  event: ScriptEvent[];
};

export type Folder = { name: string; description: string; item: RequestItem[]; event?: ScriptEvent[] };

export type Collection = {
  info: { name: string; description: string; schema: string };
  auth: Auth;
  item: Folder[];
  event: ScriptEvent[];
  variable: { key: string; value: string; type: "string" }[];
};

export type EnvironmentValue = {
  key: string;
  value: string;
  /** A secret is shown as dots, and Postman keeps its current value on this machine. */
  type: "default" | "secret";
  enabled: true;
};
export type PostmanEnvironment = {
  name: string;
  values: EnvironmentValue[];
  _postman_variable_scope: "environment";
};

/** Every file the console hands to developers, by the name in its address. */
export const DEVELOPER_FILES = [
  "gateway.openapi.yaml",
  "gateway.postman_collection.json",
  "gateway.postman_environment.json",
  "multibiometrics.postman_collection.json",
  "multibiometrics-sandbox.postman_environment.json",
  "multibiometrics-staging.postman_environment.json",
  "multibiometrics-production.postman_environment.json",
] as const;
export type DeveloperFile = (typeof DEVELOPER_FILES)[number];

/** What the list of downloads tells beside their names. */
export type DeveloperFacts = {
  /** Requests of both collections together. */
  requests: number;
  /** Null where no sample application is configured. */
  hasSample: boolean;
};
