import { resolveOwn } from "./rooms.ts";
import { type Source, type SyntaxNode, walk } from "./source.ts";

export type DoorKind = "page" | "route" | "action" | "loader";

/** A way into the console: a page, a route's method, an action, or a loader that one of them calls. */
export type Door = {
  readonly kind: DoorKind;
  /** The file it stands in. */
  readonly path: string;
  readonly line: number;
  /** What the file exports; of a route its method, of a page "default". */
  readonly name: string;
  /** What it asks for before anything else. Empty where it asks for nothing that can be read here. */
  readonly permissions: readonly string[];
};

/** They find out who asks and throw unless the policy lets them; nothing else counts as asking. */
const GUARDS = new Set(["requireViewer", "requireCaller"]);
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

export const isLoaderFile = (path: string): boolean => /^lib\/[^/]+\/loaders\.ts$/.test(path);

type Sources = ReadonlyMap<string, Source>;
type Export = { name: string; node: SyntaxNode };

const asNode = (value: unknown) => value as SyntaxNode | null | undefined;
const nameOf = (value: unknown): string => {
  const node = asNode(value);
  return node && "name" in node ? String(node.name) : "";
};
const textOf = (value: unknown): string | null => {
  const node = asNode(value);
  return node?.type === "Literal" && typeof node.value === "string" ? node.value : null;
};
const isTop = (node: SyntaxNode, directive: string): boolean =>
  node.type === "ExpressionStatement" && node.directive === directive;

const bodyOf = (source: Source) => source.program.body as unknown as SyntaxNode[];

/** What a file exports by its own name, with the function or value behind it. */
function exportsOf(source: Source): Export[] {
  return bodyOf(source).flatMap((node): Export[] => {
    const declaration = asNode(node.declaration);
    if (node.type === "ExportDefaultDeclaration" && declaration)
      return [{ name: "default", node: declaration }];
    if (node.type !== "ExportNamedDeclaration") return [];
    if (!declaration)
      return (node.specifiers as SyntaxNode[]).map((one) => ({ name: nameOf(one.exported), node: one }));
    if (declaration.type === "FunctionDeclaration")
      return [{ name: nameOf(declaration.id), node: declaration }];
    const variables = (declaration.declarations ?? []) as SyntaxNode[];
    return variables.flatMap((one) => {
      const init = asNode(one.init);
      return init ? [{ name: nameOf(one.id), node: init }] : [];
    });
  });
}

/** The function itself, also where React's `cache` is around it. */
function functionIn(node: SyntaxNode): SyntaxNode | null {
  if (node.type !== "CallExpression") return node;
  return nameOf(node.callee) === "cache" ? (asNode((node.arguments as unknown[])[0]) ?? null) : null;
}

/** The permission that the function's first statement awaits; null where it does something else first. */
function guardOf(node: SyntaxNode): string | null {
  const body = asNode(functionIn(node)?.body);
  const first = asNode((body?.body as unknown[] | undefined)?.[0]);
  if (!first) return null;
  const awaited =
    first.type === "VariableDeclaration"
      ? asNode((first.declarations as SyntaxNode[])[0]?.init)
      : asNode(first.expression);
  const call = awaited?.type === "AwaitExpression" ? asNode(awaited.argument) : null;
  if (call?.type !== "CallExpression" || !GUARDS.has(nameOf(call.callee))) return null;
  return textOf((call.arguments as unknown[])[0]);
}

/** Loaders that a file imports: its own name for each, and what the loader asks for. */
function loadersImported(source: Source, sources: Sources): Map<string, string> {
  const found = new Map<string, string>();
  for (const node of bodyOf(source).filter(({ type }) => type === "ImportDeclaration")) {
    const target = resolveOwn(source, textOf(node.source) ?? "");
    const loaders = target && isLoaderFile(target) ? sources.get(target) : undefined;
    if (!loaders) continue;
    const guards = new Map(exportsOf(loaders).map(({ name, node: made }) => [name, guardOf(made)]));
    for (const { imported, local } of node.specifiers as SyntaxNode[]) {
      const permission = guards.get(nameOf(imported));
      if (permission) found.set(nameOf(local), permission);
    }
  }
  return found;
}

/** Everything a page or a method of a route asks for: in its own first statement, and through the loaders it calls. */
function asksFor(within: SyntaxNode | SyntaxNode[], own: SyntaxNode, loaders: Map<string, string>): string[] {
  const called = [...walk(within)]
    .filter(({ type }) => type === "CallExpression")
    .flatMap(({ callee }) => loaders.get(nameOf(callee)) ?? []);
  return [...new Set([guardOf(own) ?? [], called].flat())];
}

function permissionOfAction(node: SyntaxNode): string[] {
  const definition = asNode((node.arguments as unknown[] | undefined)?.[0]);
  const properties = (definition?.properties ?? []) as SyntaxNode[];
  const permission = textOf(properties.find(({ key }) => nameOf(key) === "permission")?.value);
  return permission === null ? [] : [permission];
}

function doorsIn(source: Source, sources: Sources): Door[] {
  const { path } = source;
  const doorOf = (kind: DoorKind, { name, node }: Export, permissions: string[]): Door => {
    return { kind, path, line: source.lineAt(node.start), name, permissions };
  };
  const made = exportsOf(source);
  if (isLoaderFile(path)) {
    const loaders = made.filter(({ name }) => name.startsWith("load"));
    return loaders.map((one) => doorOf("loader", one, [guardOf(one.node) ?? []].flat()));
  }
  if (bodyOf(source).some((node) => isTop(node, "use server"))) {
    const actions = made.filter(({ node }) => node.type === "CallExpression");
    return actions.map((one) => doorOf("action", one, permissionOfAction(one.node)));
  }
  if (!path.startsWith("app/")) return [];
  const loaders = loadersImported(source, sources);
  if (/\/page\.tsx?$/.test(path)) {
    const page = made.filter(({ name }) => name === "default");
    return page.map((one) => doorOf("page", one, asksFor(bodyOf(source), one.node, loaders)));
  }
  if (!/\/route\.tsx?$/.test(path)) return [];
  const methods = made.filter(({ name }) => METHODS.has(name));
  return methods.map((one) => doorOf("route", one, asksFor(one.node, one.node, loaders)));
}

/** Every door of the console, as its source tells. */
export const findDoors = (sources: Sources): Door[] =>
  [...sources.values()].flatMap((source) => doorsIn(source, sources));
