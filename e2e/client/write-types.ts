import { z } from "zod";
import {
  comparisonAnswer,
  comparisonBody,
  enrollmentAnswer,
  enrollmentBody,
  legacyOutcomeBody,
  loginAnswer,
  loginBody,
  problemAnswer,
  recaptureBody,
  reportBody,
  requestAnswer,
  requestBody,
  verificationAnswer,
  verificationBody,
} from "#gateway/contract.ts";

const INPUTS = {
  EnrollmentInput: enrollmentBody,
  RecaptureInput: recaptureBody,
  LoginInput: loginBody,
  VerificationInput: verificationBody,
  LegacyOutcomeInput: legacyOutcomeBody,
  ReportInput: reportBody,
  ComparisonInput: comparisonBody,
  RequestInput: requestBody,
};
const ANSWERS = {
  Enrollment: enrollmentAnswer,
  Login: loginAnswer,
  Verification: verificationAnswer,
  Comparison: comparisonAnswer,
  PassedOn: requestAnswer,
  Problem: problemAnswer,
};

type Schema = {
  type?: string;
  enum?: string[];
  $ref?: string;
  $defs?: Record<string, Schema>;
  properties?: Record<string, Schema>;
  required?: string[];
  propertyNames?: Schema;
  additionalProperties?: Schema | false;
  items?: Schema;
};

/** The types of the client, written from the schemas the gateway itself reads and answers by. */
export function writeTypes(): string {
  const named = new Map<string, Schema>();
  const add = (schemas: Record<string, z.ZodType>, io: "input" | "output") => {
    for (const [name, schema] of Object.entries(schemas)) {
      const { $defs = {}, ...own } = z.toJSONSchema(schema, { io }) as unknown as Schema;
      for (const [id, def] of Object.entries($defs)) named.set(id, def);
      const [, id] = /^#\/\$defs\/(.+)$/.exec(own.$ref ?? "") ?? [];
      if (id !== name) named.set(name, own);
    }
  };
  add(INPUTS, "input");
  add(ANSWERS, "output");
  const types = [...named].map(([name, schema]) => `export type ${name} = ${typeOf(schema)};`);
  return [
    "// Written from gateway/contract.ts by the test in e2e/client; do not change it by hand.",
    ...types,
    "",
  ].join("\n\n");
}

function typeOf(schema: Schema): string {
  const { $ref, type, properties, required = [], propertyNames, additionalProperties, items } = schema;
  if ($ref !== undefined) return $ref.replace("#/$defs/", "");
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (items !== undefined) return `(${typeOf(items)})[]`;
  if (propertyNames !== undefined && additionalProperties)
    return `Partial<Record<${typeOf(propertyNames)}, ${typeOf(additionalProperties)}>>`;
  if (properties !== undefined) {
    const fields = Object.entries(properties).map(
      ([name, field]) => `${name}${required.includes(name) ? "" : "?"}: ${typeOf(field)}`,
    );
    return `{ ${fields.join("; ")} }`;
  }
  if (type === "integer") return "number";
  if (type === "string" || type === "number" || type === "boolean") return type;
  throw new Error(`No type for ${JSON.stringify(schema)}`);
}
