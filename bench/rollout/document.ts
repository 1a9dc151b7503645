import { inMarkdown } from "#bench/table.ts";
import { differences, type Table, tell } from "./finding.ts";

const edge = (name: string, isEnd: boolean): string =>
  `<!-- ${isEnd ? "end of " : ""}bench:rollout ${name} -->`;

/** The page with this section between its two marks. Throws where the page has no such marks. */
export function putSection(page: string, name: string, section: string): string {
  const from = page.indexOf(edge(name, false));
  const to = page.indexOf(edge(name, true));
  if (from < 0 || to < from)
    throw new Error(`The page has no place for ${name}: put ${edge(name, false)} into it.`);
  return `${page.slice(0, from)}${edge(name, false)}\n${section}\n${page.slice(to)}`;
}

/** A table with what it was made of and, where figures of the design stand beside it, what differs from them. */
export function sectionOf(table: Table, foot: string): string {
  const compared = table.rows
    .flat()
    .filter((cell) => typeof cell !== "string" && cell.design !== null).length;
  const differing = differences(table);
  const verdict =
    differing.length === 0
      ? "None is beyond chance."
      : `Beyond chance: ${differing.map((each) => `${each.replaceAll("|", " ")}`).join("; ")}.`;
  return [
    `**${table.title}**`,
    "",
    inMarkdown(
      table.head,
      table.rows.map((row) => row.map(tell)),
    ),
    "",
    compared === 0 ? `${foot}.` : `${foot}. Figures with the design's beside them: ${compared}. ${verdict}`,
  ].join("\n");
}
