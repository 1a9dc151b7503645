import { composeItem, scriptOf } from "./compose-item.ts";
import {
  ENROLLMENT_CALLS,
  type GatewayCall,
  LOGIN_CALLS,
  OTHER_CALLS,
  REFUSED_CALLS,
} from "./gateway-calls.ts";
import { answerSchema, type GatewayDocument, operationIn } from "./gateway-document.ts";
import { pictureVariables } from "./pictures.ts";
import { COLLECTION_SCHEMA } from "./schema.ts";
import type { Collection, RequestItem } from "./types.ts";
import { fieldIs, hasShape, hasStatus, newName } from "./write-tests.ts";

const DESCRIPTION = `Every call of the Gatehouse gateway, in an order that runs through, each with tests.

Choose the environment and put the key of an application into it, as the console showed it under Settings, Applications: it
is a secret and comes empty. Run the collection as a whole. It enrols a throw-away person (\`postman-…\`), logs them in by
face and the old way, and asks for their erasure at the end: an officer finds that request in the console, under Requests.

Faces are variables of the collection (bare Base64 of BMP, PNG or JPG); put your own in their place.`;

const FOLDERS = [
  {
    name: "1 Enroll",
    description: "A throw-away person, and what is refused.",
    calls: ENROLLMENT_CALLS,
  },
  {
    name: "2 Log in",
    description: "Every decision leads somewhere: in, another picture, or the old way.",
    calls: LOGIN_CALLS,
  },
  {
    name: "3 Compare, and pass on what a person asks",
    description: "The last calls ask for the erasure of the throw-away person.",
    calls: OTHER_CALLS,
  },
  {
    name: "4 What is refused",
    description: "RFC 9457 problem details: `code` says which, `detail` what to do next.",
    calls: REFUSED_CALLS,
  },
] as const;

/** How many requests the collection has; for that the gateway need not be asked. */
export const GATEWAY_REQUESTS = FOLDERS.reduce((sum, { calls }) => sum + calls.length, 0);

/**
 * The gateway as a Postman collection, made from its own OpenAPI document: what a call is for, and the shape its answer is
 * tested for, stand there.
 * @throws Error where the document lacks a call or an answer that the collection tries.
 */
export async function composeGatewayCollection(document: GatewayDocument): Promise<Collection> {
  return {
    info: { name: "Gatehouse gateway", description: DESCRIPTION, schema: COLLECTION_SCHEMA },
    auth: { type: "bearer", bearer: [{ key: "token", value: "{{applicationKey}}", type: "string" }] },
    event: [scriptOf("prerequest", [ONCE])],
    variable: await pictureVariables(),
    item: FOLDERS.map(({ name, description, calls }) => {
      return { name, description, item: calls.map((call) => itemOf(document, call)) };
    }),
  };
}

/** The same stranger for all calls of a run, so that a repeated Idempotency-Key is one. */
const ONCE = `if (pm.info.iteration === 0 && pm.collectionVariables.get("unknownId") === undefined) ${newName("unknownId")}`;

function itemOf(document: GatewayDocument, { status, code, tests = [], ...call }: GatewayCall): RequestItem {
  const operation = operationIn(document, call.method, call.path);
  const schema = answerSchema(document, operation, status);
  const description = [operation.summary, operation.description].filter(Boolean).join(". ");
  return composeItem("gatewayUrl", {
    ...call,
    path: call.path.replace(/\{(\w+)\}/g, "{{$1}}"),
    description,
    tests: [
      hasStatus(status),
      ...(schema === null ? [] : [hasShape(schema)]),
      ...(code === undefined ? [] : [fieldIs("code", code)]),
      ...tests,
    ],
  });
}
