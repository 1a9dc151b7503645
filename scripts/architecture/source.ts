import { type Program, parseSync } from "oxc-parser";

export type Import = { readonly specifier: string; readonly line: number };

/** A source file as the rules see it. */
export type Source = {
  /** From the project's folder, with forward slashes. */
  readonly path: string;
  readonly lineCount: number;
  readonly imports: readonly Import[];
  readonly program: Program;
  lineAt(offset: number): number;
};

/** Something a rule does not let pass: what, why it matters, and where it belongs instead. */
export type Refusal = {
  readonly path: string;
  readonly line: number;
  readonly what: string;
  readonly why: string;
  readonly instead: string;
};

export type Rule = (source: Source) => Refusal[];

/** @throws Error where the file cannot be parsed: what cannot be read cannot be checked. */
export function readSource(path: string, text: string): Source {
  const { program, module, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) throw new Error(`${path} cannot be parsed: ${error.message}`);
  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
  const from = (specifier: string, offset: number): Import => ({ specifier, line: lineAt(offset) });
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const literal = /^["'`]([^$]*)["'`]$/.exec(text.slice(start, end));
    return literal?.[1] ? [from(literal[1], start)] : [];
  });
  const reExported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest: request }) => (request ? [from(request.value, request.start)] : [])),
  );
  const plain = module.staticImports.map(({ moduleRequest: { value, start } }) => from(value, start));
  const lineCount = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  return { path, lineCount, imports: [...plain, ...reExported, ...dynamic], program, lineAt };
}

export type SyntaxNode = { readonly type: string; readonly start: number; readonly end: number } & Record<
  string,
  unknown
>;

function isNode(value: unknown): value is SyntaxNode {
  return (
    typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string"
  );
}

/** Every node of the file, each before those inside it. */
export function* walk(node: unknown): Generator<SyntaxNode> {
  if (Array.isArray(node)) {
    for (const item of node) yield* walk(item);
  } else if (isNode(node)) {
    yield node;
    for (const value of Object.values(node)) {
      if (typeof value === "object" && value !== null) yield* walk(value);
    }
  }
}

export const isTest = (path: string): boolean =>
  /\.test\.tsx?$/.test(path) || path.startsWith("e2e/") || /\/testing\//.test(path);
