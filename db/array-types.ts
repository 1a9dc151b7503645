import { makePgArray } from "drizzle-orm/pg-core";

const asText = (element: string): unknown => element;

/** PostgreSQL's fixed numbers of the array types in use, and how an element is read. */
const ELEMENTS: readonly [arrayType: number, read: (element: string) => unknown][] = [
  [1000, (element) => element === "t"],
  [1005, Number],
  [1007, Number],
  [1009, asText],
  [1015, asText],
  [1016, asText],
  [1021, Number],
  [1022, Number],
  [2951, asText],
];

const ELEMENT = /"((?:[^"\\]|\\.)*)"|[^,{}]+/g;

/** Reads the server's text of an array of one dimension. */
function readArray(text: string, read: (element: string) => unknown): unknown[] {
  return Array.from(text.matchAll(ELEMENT), ([bare, quoted]) => {
    if (quoted !== undefined) return read(quoted.replace(/\\(.)/gs, "$1"));
    return bare === "NULL" ? null : read(bare);
  });
}

/**
 * How arrays travel, told to the driver once. Left to itself it asks the server on every new connection, and when that
 * connection breaks meanwhile the question's error reaches no handler and ends the whole process.
 */
export const ARRAY_TYPES = Object.fromEntries(
  ELEMENTS.map(([type, read]) => [
    `array${type}`,
    {
      to: type,
      from: [type],
      serialize: (value: unknown) => (Array.isArray(value) ? makePgArray(value) : value),
      parse: (text: string) => readArray(text, read),
    },
  ]),
);
