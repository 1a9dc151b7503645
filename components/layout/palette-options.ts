import { PROTOCOL_START } from "#lib/inbox/types.ts";
import type { PersonListItem } from "#lib/people/types.ts";

/** A page of the console as the palette names it. */
export type PalettePage = { href: string; name: string };

export type PaletteOption =
  | { kind: "page"; id: string; href: string; name: string }
  | { kind: "person"; id: string; href: string; person: PersonListItem }
  /** The whole answer to the text, in the room made for it. */
  | { kind: "people"; id: string; href: "/people" }
  /** The same text, looked for among requests: an erased person is known there alone. */
  | { kind: "requests"; id: string; href: "/requests" };

const PEOPLE_SHOWN = 7;

/** Letters as they are compared: without accents and case, so that "pol" and "configuracoes" find their page. */
const fold = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").trim().toLocaleLowerCase();

/** The pages with a word that begins with the text; all of them without a text. */
function matchingPages(pages: readonly PalettePage[], text: string): readonly PalettePage[] {
  const wanted = fold(text);
  if (wanted === "") return pages;
  return pages.filter(({ name }) => ` ${fold(name)}`.includes(` ${wanted}`));
}

/**
 * What can be chosen, from the top down. Pages stand first: they are there at once, and people who arrive later must
 * move nothing above themselves. `found` is null while nobody was looked for.
 */
export function paletteOptions(
  text: string,
  pages: readonly PalettePage[],
  found: readonly PersonListItem[] | null,
  findsRequests: boolean,
): PaletteOption[] {
  const people = found?.slice(0, PEOPLE_SHOWN) ?? [];
  const everybody = found === null ? [] : [{ kind: "people", id: "people-all", href: "/people" } as const];
  const requests =
    findsRequests && text.trim() !== ""
      ? [{ kind: "requests", id: "requests-all", href: "/requests" } as const]
      : [];
  return [
    ...matchingPages(pages, text).map(({ href, name }) => ({ kind: "page", id: href, href, name }) as const),
    ...people.map(
      (person) => ({ kind: "person", id: person.id, href: `/people/${person.id}`, person }) as const,
    ),
    // What can only be a protocol is nobody's CustomID.
    ...(PROTOCOL_START.test(text.trim()) ? [...requests, ...everybody] : [...everybody, ...requests]),
  ];
}
