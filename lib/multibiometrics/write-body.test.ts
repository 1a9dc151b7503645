import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { writeBody } from "./write-body.ts";

const picture = (bytes: number) => randomBytes(bytes).toString("base64");
const person = (customId: string, ...fingers: string[]) => ({
  Person: {
    CustomID: customId,
    Face: [{ "Face-1": fingers[0] }],
    Fingers: [Object.fromEntries(fingers.entries())],
  },
});

test.each([
  ["a face", person("sample-1", picture(46_080))],
  ["eleven pictures", person("sample-1", ...Array.from({ length: 10 }, () => picture(2_000)))],
  ["a short picture", person("sample-1", picture(20))],
  ["a CustomID of signs and other alphabets", person('Zoë "O\'Neill" \\ 😀 \u2028 Łódź', picture(3_000))],
  ["a long text that is no Base64", person("sample-1", `${'é"\\\n\u0001'.repeat(500)}`)],
  ["what is left out", { Person: { CustomID: undefined, Face: [{}] } }],
])("%s is written as JSON.stringify would", (_, body) => {
  expect(writeBody(body).toString("utf8")).toBe(JSON.stringify(body));
});
