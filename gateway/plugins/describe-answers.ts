import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";

const HEADERS = {
  type: "object",
  properties: {
    "idempotency-key": {
      type: "string",
      maxLength: 255,
      description:
        "Visible characters. The same request with the same key gets the same answer for 24 hours.",
    },
  },
} as const;

/** What any call below /v1 may be answered, whatever its route says of itself. */
const ALWAYS = ["401", "403", "429", "500", "503"];
const WITH_BODY = ["400", "413", "415", "422"];

type Answers = Record<string, unknown>;

/**
 * Adds what plugins read to what the routes declare: the key with what it must be allowed to do, the headers, and the
 * problems of every call, which go out as `application/problem+json`.
 */
export const describeCall: typeof jsonSchemaTransform = (given) => {
  const { schema, url } = jsonSchemaTransform(given);
  const permission = given.route.config?.permission;
  if (permission === undefined) return { schema, url };
  const declared = (schema.response ?? {}) as Answers;
  const general = given.route.method === "GET" ? ALWAYS : [...ALWAYS, ...WITH_BODY];
  const problems = Object.keys({
    ...declared,
    ...Object.fromEntries(general.map((status) => [status, null])),
  })
    .filter((status) => Number(status) >= 400)
    .map((status) => [status, PROBLEM]);
  const response = { ...declared, ...Object.fromEntries(problems) };
  return {
    schema: { ...schema, response, headers: HEADERS, security: [{ applicationKey: [permission] }] },
    url,
  };
};

const PROBLEM = {
  description: "RFC 9457 problem details: `code` says which, `detail` what to do next.",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

/** The document with the schemas that have a name, each once; their twins for input are not used by any call. */
export const describeSchemas: typeof jsonSchemaTransformObject = (given) => {
  const document = jsonSchemaTransformObject(given);
  if (!("components" in document)) return document;
  const { components } = document;
  const schemas = Object.entries(components?.schemas ?? {}).filter(([name]) => !name.endsWith("Input"));
  const named = { ...components, schemas: Object.fromEntries(schemas) };
  return { ...document, components: named } as typeof document;
};
