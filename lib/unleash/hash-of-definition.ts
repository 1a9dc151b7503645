import { createHash } from "node:crypto";

type Definition = { name: string; dependencies?: { feature: string }[] };

/**
 * A short hash of a flag with its segments and the flags it depends on, or null when the flag is unknown. Two
 * processes with the same hash decide alike.
 */
export function hashOfDefinition(definitions: readonly Definition[], flag: string): string | null {
  const definition = definitions.find(({ name }) => name === flag);
  if (definition === undefined) return null;
  const parents = (definition.dependencies ?? [])
    .map(({ feature }) => definitions.find(({ name }) => name === feature) ?? { name: feature })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const text = JSON.stringify([definition, ...parents], sortKeys);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
