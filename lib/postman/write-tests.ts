// Lines of JavaScript as Postman and newman run them after an answer.

export type JsonSchema = { readonly [keyword: string]: unknown };

/** The answer has this status. */
export const hasStatus = (status: number): string =>
  `pm.test("answers ${status}", () => pm.response.to.have.status(${status}));`;

/** The answer's JSON is of this shape; the schema is written into the script, so that the file needs nothing else. */
export const hasShape = (schema: JsonSchema): string =>
  `pm.test("is of the shape of the contract", () => pm.response.to.have.jsonSchema(${JSON.stringify(schema)}));`;

/** A field of the JSON answer, by its path, is this value. */
export const fieldIs = (path: string, value: string | number | boolean): string =>
  `pm.test(${JSON.stringify(`${path} is ${value}`)}, () => pm.expect(pm.response.json().${path}).to.eql(${JSON.stringify(value)}));`;

/** Keeps a field of the JSON answer as a variable for later calls. */
export const keepField = (variable: string, path: string): string =>
  `pm.collectionVariables.set("${variable}", pm.response.json().${path});`;

/** Does not send the call unless this holds, and says so in the console. */
export const onlyWhere = (condition: string, why: string): string[] => [
  `if (!(${condition})) {`,
  `  console.log(${JSON.stringify(why)});`,
  "  pm.execution.skipRequest();",
  "}",
];

/** A name nobody bears, anew, as a variable. */
export const newName = (variable: string): string =>
  `pm.collectionVariables.set("${variable}", "postman-" + pm.variables.replaceIn("{{$guid}}"));`;
