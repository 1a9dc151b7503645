import type { JsonSchema } from "./write-tests.ts";

type Content = { content?: Record<string, { schema?: JsonSchema }> };
type Operation = { summary?: string; description?: string; responses: Record<string, Content> };

/** The gateway's OpenAPI document, as far as a collection is made from it. */
export type GatewayDocument = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema> };
};

/** @throws Error where the document has no such call: the collection must not ask for what the gateway does not do. */
export function operationIn(document: GatewayDocument, method: string, path: string): Operation {
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`The gateway's document has no ${method} ${path}.`);
  return operation;
}

/**
 * The schema of an answer with everything it refers to written into it; null where the call has no body to answer.
 * @throws Error where the document does not name the status.
 */
export function answerSchema(document: GatewayDocument, call: Operation, status: number): JsonSchema | null {
  const answer = call.responses[status];
  if (answer === undefined) throw new Error(`"${call.summary}" is not described as answering ${status}.`);
  const [content] = Object.values(answer.content ?? {});
  if (
    content?.schema === undefined ||
    (content.schema.type === undefined && content.schema.$ref === undefined)
  )
    return null;
  return inlined(content.schema, document) as JsonSchema;
}

const NAMED = "#/components/schemas/";

/** Descriptions are for readers of the document and stay there. */
function inlined(node: unknown, document: GatewayDocument): unknown {
  if (Array.isArray(node)) return node.map((item) => inlined(item, document));
  if (typeof node !== "object" || node === null) return node;
  const { $ref, description, ...rest } = node as Record<string, unknown>;
  if (typeof $ref === "string")
    return inlined(document.components.schemas[$ref.slice(NAMED.length)], document);
  const kept = typeof description === "string" ? rest : node;
  return Object.fromEntries(Object.entries(kept).map(([key, value]) => [key, inlined(value, document)]));
}
