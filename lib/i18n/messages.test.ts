import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { FORMAT_LOCALES, LOCALES } from "./locales.ts";
import { MESSAGES } from "./messages.ts";
import { partsOf } from "./testing/message-parts.ts";
import { usedKeysIn } from "./testing/used-keys.ts";

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, path = ""): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const here = path === "" ? key : `${path}.${key}`;
    if (typeof value === "string") texts.set(here, value);
    else for (const [deeper, text] of flatten(value, here)) texts.set(deeper, text);
  }
  return texts;
}

const english = flatten(MESSAGES.en);
const portuguese = flatten(MESSAGES["pt-BR"]);
const sources = ["app", "components"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tsx"))
    .map((file) => join(folder, file)),
);

test("both languages have the same texts", () => {
  expect([...portuguese.keys()].sort()).toEqual([...english.keys()].sort());
});

test("a text takes the same values and tags in both languages", () => {
  for (const [key, text] of english) {
    expect({ key, parts: partsOf(portuguese.get(key) ?? "") }).toEqual({ key, parts: partsOf(text) });
  }
});

test.each(LOCALES)("every text in %s can be written", (locale) => {
  const texts = flatten(MESSAGES[locale]);
  const anything = (key: string) => {
    const parts = partsOf(texts.get(key) ?? "");
    return Object.fromEntries(
      parts.map((part) =>
        part.startsWith("<") ? [part.slice(1, -1), (inside: string) => inside] : [part, 2],
      ),
    );
  };
  const translate = createTranslator<Record<string, never>>({
    locale: FORMAT_LOCALES[locale],
    messages: MESSAGES[locale] as unknown as Record<string, never>,
    onError: (error) => {
      throw error;
    },
  });
  for (const key of english.keys())
    expect(translate.markup(key as never, anything(key) as never), key).toBeTypeOf("string");
});

test("every text that a page or component asks for exists", () => {
  const used = sources.flatMap(usedKeysIn);
  const missing = used.filter(({ namespaces, key, open }) =>
    namespaces.every((namespace) => {
      const full = [namespace, key].filter((part) => part !== "").join(".");
      return open ? ![...english.keys()].some((known) => known.startsWith(full)) : !english.has(full);
    }),
  );
  expect(missing).toEqual([]);
  expect(used.length).toBeGreaterThan(100);
});
