import { readFileSync } from "node:fs";
import { type CallExpression, type Expression, parseSync, Visitor } from "oxc-parser";

export type UsedKey = {
  file: string;
  /** A component may hold several translators under one name: the key must be in one of these rooms. */
  namespaces: string[];
  key: string;
  /** The end of the key is computed: only its beginning can be checked. */
  open: boolean;
};

const MAKERS = new Set(["useTranslations", "getTranslations"]);

const callOf = (node: Expression): CallExpression | null => {
  if (node.type === "AwaitExpression") return callOf(node.argument);
  return node.type === "CallExpression" ? node : null;
};

function textOf(
  node: CallExpression["arguments"][number] | undefined,
): { text: string; open: boolean } | null {
  if (node?.type === "Literal" && typeof node.value === "string") return { text: node.value, open: false };
  if (node?.type !== "TemplateLiteral") return null;
  return { text: node.quasis[0]?.value.cooked ?? "", open: node.expressions.length > 0 };
}

function namespaceOf(call: CallExpression | null): string | null {
  if (call?.callee.type !== "Identifier" || !MAKERS.has(call.callee.name)) return null;
  return textOf(call.arguments[0])?.text ?? "";
}

/** Every text key that a source file asks a translator for, as far as it stands there literally. */
export function usedKeysIn(file: string): UsedKey[] {
  const { program } = parseSync(file, readFileSync(file, "utf8"));
  const translators = new Map<string, string[]>();
  const calls: CallExpression[] = [];
  new Visitor({
    VariableDeclarator(node) {
      const namespace = node.init ? namespaceOf(callOf(node.init)) : null;
      if (namespace === null || node.id.type !== "Identifier") return;
      translators.set(node.id.name, [...(translators.get(node.id.name) ?? []), namespace]);
    },
    CallExpression(node) {
      calls.push(node);
    },
  }).visit(program);
  return calls.flatMap((call) => {
    const namespaces = namespacesOf(call, translators);
    if (namespaces === null) return [];
    const [first] = call.arguments;
    const nodes = first?.type === "ConditionalExpression" ? [first.consequent, first.alternate] : [first];
    return nodes.flatMap((node) => {
      const key = textOf(node);
      return key ? [{ file, namespaces, key: key.text, open: key.open }] : [];
    });
  });
}

/** `t("key")`, `t.rich("key")` and `useTranslations("room")("key")`; null for any other call. */
function namespacesOf({ callee }: CallExpression, translators: Map<string, string[]>): string[] | null {
  if (callee.type === "Identifier") return translators.get(callee.name) ?? null;
  if (callee.type === "CallExpression") {
    const namespace = namespaceOf(callee);
    return namespace === null ? null : [namespace];
  }
  if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return null;
  return translators.get(callee.object.name) ?? null;
}
