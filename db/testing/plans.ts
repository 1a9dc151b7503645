import { drizzle } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import type { Database } from "../client.ts";

/** A node of PostgreSQL's plan as EXPLAIN (ANALYZE, FORMAT JSON) tells it, as far as it is asked about. */
export type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Sort Space Type"?: "Memory" | "Disk";
  "Temp Written Blocks"?: number;
  Plans?: PlanNode[];
};

/** A statement that a read sent, with all nodes of its plan. */
export type Plan = { statement: string; nodes: PlanNode[] };

/**
 * Runs a read and explains, by running them again, all the statements it sent, with the values it sent and under the
 * settings it made before.
 */
export async function plansOf(sql: Sql, read: (db: Database) => Promise<unknown>): Promise<Plan[]> {
  const sent: { query: string; params: unknown[] }[] = [];
  const logQuery = (query: string, params: unknown[]) => {
    sent.push({ query, params });
  };
  await read(drizzle(sql, { logger: { logQuery } }));
  const plans: Plan[] = [];
  await sql.begin(async (tx) => {
    for (const { query, params } of sent.filter(({ query }) => /^\s*(select|with)\b/i.test(query))) {
      if (/^\s*select set_config\(/.test(query)) {
        await tx.unsafe(query, params as string[]);
        continue;
      }
      const [row] = await tx.unsafe<{ "QUERY PLAN": [{ Plan: PlanNode }] }[]>(
        `explain (analyze, buffers, format json) ${query}`,
        params as string[],
      );
      const root = row?.["QUERY PLAN"][0].Plan;
      if (root !== undefined) plans.push({ statement: query, nodes: nodesOf(root) });
    }
  });
  return plans;
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** Rows that the node read from its table, kept or not, each time it ran. */
const rowsRead = (node: PlanNode): number =>
  (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"];

/** The tables of which a plan reads more than so many rows without an index. */
export const tablesScanned = (plans: readonly Plan[], rows = 200): string[] =>
  plans
    .flatMap(({ nodes }) => nodes)
    .filter((node) => node["Node Type"] === "Seq Scan" && rowsRead(node) > rows)
    .map((node) => node["Relation Name"] ?? "");

/** Whether anything was sorted or hashed on the disk. */
export const hasSpilled = (plans: readonly Plan[]): boolean =>
  plans.some(({ nodes }) =>
    nodes.some((node) => node["Sort Space Type"] === "Disk" || (node["Temp Written Blocks"] ?? 0) > 0),
  );

/** The tables, partitions among them, from which a plan read any row. */
export const tablesRead = (plans: readonly Plan[]): string[] => [
  ...new Set(
    plans
      .flatMap(({ nodes }) => nodes)
      .filter((node) => node["Relation Name"] !== undefined && rowsRead(node) > 0)
      .map((node) => node["Relation Name"] ?? ""),
  ),
];

/** How many rows of these tables a plan read in all. */
export const rowsReadOf = (plans: readonly Plan[], tables: RegExp): number =>
  plans
    .flatMap(({ nodes }) => nodes)
    .filter((node) => tables.test(node["Relation Name"] ?? ""))
    .reduce((sum, node) => sum + rowsRead(node), 0);
