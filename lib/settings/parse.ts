import { readFileSync } from "node:fs";
import { z } from "zod";

/** The variables of a process; the only form in which settings reach Gatehouse. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that cannot be used; the message is one list of variable, what is wrong and what to write. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  constructor(readonly problems: readonly SettingProblem[]) {
    const lines = problems.map(({ variable, problem }) => `  ${variable} ${problem}`);
    super(`These settings cannot be used:\n${lines.join("\n")}`);
  }
}

export type SettingProblem = { readonly variable: string; readonly problem: string };

/**
 * Any setting, and so every secret, may lie in a file, the way container platforms hand them over: X_FILE names the file
 * that holds X. The line end that editors and `echo` leave at the end of a file is no part of it.
 */
function withFiles(env: Environment, names: readonly string[], problems: SettingProblem[]): Environment {
  const values: Record<string, string | undefined> = {};
  for (const name of names) {
    const variable = `${name}_FILE`;
    const file = env[variable] || undefined;
    values[name] = env[name] || undefined;
    if (file === undefined) continue;
    if (values[name] !== undefined) {
      problems.push({ variable, problem: `is set beside ${name}. Keep one of the two.` });
      continue;
    }
    const read = readSettingFile(file);
    if (typeof read === "string") values[name] = read;
    else problems.push({ variable, ...read });
  }
  return values;
}

function readSettingFile(file: string): string | { problem: string } {
  try {
    const text = readFileSync(file, "utf8").replace(/\r?\n$/, "");
    if (text !== "") return text;
    return { problem: "names an empty file. Write the value into it." };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") {
      return { problem: "names a file that does not exist. Write its path, or put the file there." };
    }
    if (code === "EACCES") {
      return {
        problem: "names a file that this user may not read. Give this user the right to, and nobody else.",
      };
    }
    return { problem: "names a file that cannot be read. Write the path of a plain file." };
  }
}

/**
 * Reads the variables named by the shape, all problems collected before it gives up.
 * @throws SettingsError with every bad setting at once.
 */
export function parseSettings<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Environment,
  together: readonly (readonly string[])[] = [],
): z.output<z.ZodObject<Shape>> {
  const problems: SettingProblem[] = [];
  const values = withFiles(env, Object.keys(shape), problems);
  for (const group of together) {
    const missing = group.filter((name) => values[name] === undefined);
    if (missing.length === 0 || missing.length === group.length) continue;
    const others = group.filter((name) => values[name] !== undefined).join(" and ");
    const problem = `is missing while ${others} is set. Write all of them, or none for the embedded part.`;
    problems.push(...missing.map((variable) => ({ variable, problem })));
  }
  const result = z.object(shape).safeParse(values);
  for (const issue of result.error?.issues ?? []) {
    const variable = String(issue.path[0]);
    if (problems.every((known) => known.variable !== variable && known.variable !== `${variable}_FILE`)) {
      problems.push({ variable, problem: issue.message });
    }
  }
  if (!result.success || problems.length > 0) throw new SettingsError(problems);
  return result.data;
}
