import { isTest, type Refusal, type Rule, type Source, type SyntaxNode, walk } from "./source.ts";
import { TECHNICAL } from "./vocabulary.ts";

const nameIn = (node: unknown): string | undefined =>
  typeof node === "object" && node !== null && "name" in node ? String(node.name) : undefined;

function at(source: Source, node: SyntaxNode, text: Pick<Refusal, "what" | "why" | "instead">): Refusal {
  return { path: source.path, line: source.lineAt(node.start), ...text };
}

const READS_SETTINGS = [
  "lib/env.ts",
  "lib/settings/journeys.ts",
  "lib/settings/launch.ts",
  "sandbox/main.ts",
];

/** Variables of the process are read, and found bad, in one place. The sandbox may not import ours: its own is main.ts. */
export const readSettingsOnce: Rule = (source) => {
  if (isTest(source.path) || READS_SETTINGS.includes(source.path)) return [];
  const nodes = [...walk(source.program.body)];
  const nodeEnv = nodes
    .filter((node) => node.type === "MemberExpression" && nameIn(node.property) === "NODE_ENV")
    .map(({ object }) => object);
  return nodes
    .filter((node) => node.type === "MemberExpression" && nameIn(node.object) === "process")
    .filter((node) => nameIn(node.property) === "env" && !nodeEnv.includes(node))
    .map((node) =>
      at(source, node, {
        what: "reads process.env",
        why: "a setting read here is checked by nobody and missing in the list a bad start prints",
        instead: "a field of the settings in lib/env.ts, handed over as an argument",
      }),
    );
};

const hasDirective = (node: SyntaxNode, directive: string): boolean =>
  node.type === "ExpressionStatement" && node.directive === directive;

function isDefinedAction(declaration: unknown): boolean {
  const { type, declarations } = (declaration ?? {}) as {
    type?: string;
    declarations?: { init?: SyntaxNode }[];
  };
  return (
    type === "VariableDeclaration" &&
    (declarations ?? []).every(
      ({ init }) => init?.type === "CallExpression" && nameIn(init.callee) === "defineAction",
    )
  );
}

/** A "use server" file exports actions made by defineAction and nothing else: every export is an open door. */
export const guardActions: Rule = (source) => {
  const text = {
    why: "everything exported from such a file can be called by any browser, and only defineAction asks who is calling",
    instead:
      'export const … = defineAction({ … }); what is only needed inside goes to lib/ without "use server"',
  };
  const body = source.program.body as unknown as SyntaxNode[];
  const inside = [...walk(body)].filter((node) => hasDirective(node, "use server"));
  const top = body.find((node) => hasDirective(node, "use server"));
  const inline = inside
    .filter((node) => node !== top)
    .map((node) => at(source, node, { what: 'a function with "use server" of its own', ...text }));
  if (!top) return inline;
  const exports = body.filter(({ type }) => type.startsWith("Export"));
  const open = exports.filter(
    (node) =>
      node.exportKind !== "type" &&
      !(node.type === "ExportNamedDeclaration" && isDefinedAction(node.declaration)),
  );
  return [
    ...inline,
    ...open.map((node) => at(source, node, { what: "exports something that is no action", ...text })),
  ];
};

/** What writes the entry of a change; a request moves in one place, which writes it for every step. */
const AUDITS = new Set(["recordAudit", "advanceRequest", "shredSubject", "settleAttempt"]);

/** Tables that are a record themselves, or a count of one; people and enrolments are written from enrolment records. */
const RECORDS = new Set(
  (
    "auditCheckpointCopies auditCheckpoints auditEntries auditEpochs auditLeaves auditNodes auditSealedDetails " +
    "auditSubjectKeys auditUnsealed auditVerifications campaignEnrolments campaignTries enrolments erasedSubjects expiredEvents gateways " +
    "idempotencyKeys integrationPeople integrationResults latencyRollups loginCells loginOutcomes loginReports loginRollups loginStates logins notificationAlarms " +
    "notificationDeliveries notificationEvents observedFacts people requestBatchRows requestReceipts sampleData signInFailures " +
    "rollupClock verificationCells verificationRollups verifications"
  ).split(" "),
);
const WRITES = new Set(["insert", "update", "delete"]);

function tablesImported(source: Source): Set<string> {
  const names = (source.program.body as unknown as SyntaxNode[])
    .filter((node) => node.type === "ImportDeclaration")
    .filter((node) => String((node.source as { value?: unknown }).value).includes("db/schema/"))
    .flatMap((node) => node.specifiers as SyntaxNode[])
    .map(({ local }) => nameIn(local) ?? "");
  return new Set(names);
}

/** A change is written by one verb, and its audit entry in the same transaction. */
export const auditWrites: Rule = (source) => {
  const [room, domain = "", file = ""] = source.path.split("/");
  if (room !== "lib" || file === "" || isTest(source.path)) return [];
  const tables = tablesImported(source);
  const calls = [...walk(source.program.body)].filter(({ type }) => type === "CallExpression");
  const writes = calls.filter(({ callee, arguments: args }) => {
    const { type, property } = callee as SyntaxNode;
    const table = nameIn((args as unknown[])[0]) ?? "";
    return type === "MemberExpression" && WRITES.has(nameIn(property) ?? "") && tables.has(table);
  });
  const changes = writes.filter(({ arguments: args }) => !RECORDS.has(nameIn((args as unknown[])[0]) ?? ""));
  const isVerb = /^[a-z]+-[a-z-]+\.ts$/.test(file);
  const misplaced = isVerb || TECHNICAL.has(domain) ? [] : writes;
  const isAudited = calls.some(({ callee }) => AUDITS.has(nameIn(callee) ?? ""));
  // A touch notes that something was seen; nobody changed anything.
  const unaudited = isAudited || file.startsWith("touch-") ? [] : changes;
  return [
    ...misplaced.map((node) =>
      at(source, node, {
        what: "writes to a table outside a verb",
        why: "one write has one file, found by its name",
        instead: `lib/${domain}/<verb>-<noun>.ts`,
      }),
    ),
    ...unaudited.map((node) =>
      at(source, node, {
        what: "changes a table and leaves no audit entry",
        why: "no change without an entry, and both in one transaction: that is what the audit log is worth",
        instead:
          "recordAudit(tx, { … }) from lib/audit/record-audit.ts, inside the transaction of the change",
      }),
    ),
  ];
};
