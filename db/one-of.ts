import { type SQL, sql } from "drizzle-orm";

/** What a column equals where it holds one of these words, none of which has a comma or a brace: `outcome = ${oneOf(…)}`. */
export const oneOf = (words: Iterable<string>): SQL => sql`any(${`{${[...words].join(",")}}`}::text[])`;
