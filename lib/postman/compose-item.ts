import type { Auth, RequestItem, ScriptEvent } from "./types.ts";

/** One call as the lists of calls write it. */
export type Call = {
  name: string;
  method: string;
  /** From the host on; `{{variables}}` are Postman's. */
  path: string;
  /** A text goes as it stands; anything else as JSON, in which `{{variables}}` are filled in. */
  body?: object | string;
  contentType?: string;
  headers?: Record<string, string>;
  auth?: Auth;
  description?: string;
  /** Lines of JavaScript before the call and, as tests, after it. */
  before?: readonly string[];
  tests: readonly string[];
};

export const scriptOf = (listen: ScriptEvent["listen"], exec: readonly string[]): ScriptEvent => ({
  listen,
  script: { type: "text/javascript", exec: [...exec] },
});

/** A call as an item of a collection, at the address that the variable `host` holds. */
export function composeItem(host: string, call: Call): RequestItem {
  const { name, method, path, body, contentType = "application/json", headers = {}, auth } = call;
  const sent = body === undefined ? {} : { "Content-Type": contentType };
  const raw = typeof body === "string" ? body : JSON.stringify(body, null, 2);
  const language = contentType === "application/json" ? "json" : "text";
  return {
    name,
    request: {
      method,
      ...(call.description === undefined ? {} : { description: call.description }),
      ...(auth === undefined ? {} : { auth }),
      header: Object.entries({ ...sent, ...headers }).map(([key, value]) => ({ key, value })),
      ...(body === undefined ? {} : { body: { mode: "raw", raw, options: { raw: { language } } } }),
      url: { raw: `{{${host}}}${path}`, host: [`{{${host}}}`], path: path.split("/").slice(1) },
    },
    event: [
      ...(call.before === undefined ? [] : [scriptOf("prerequest", call.before)]),
      scriptOf("test", call.tests),
    ],
  };
}
