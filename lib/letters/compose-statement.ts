import type { LegalBasis } from "#lib/people/schema.ts";
import { prepareWords, type Words } from "./prepare-words.ts";
import type { Case, HeldRecord } from "./queries.ts";
import type { Block, Letter } from "./types.ts";

type Told = { found: Case; held: HeldRecord; now: Date; timeZone: string };

/**
 * What is held of a person, for themselves (LGPD art. 19 II, GDPR art. 15): the one paper that carries their CustomID.
 * Made for its reader and kept nowhere.
 */
export function composeStatement({ found, held, now, timeZone }: Told, locale: Letter["locale"]): Letter {
  const words = prepareWords(locale, timeZone);
  const { t, exact } = words;
  const { protocol } = found.request;
  const part = (title: string, content: string): Block[] => [
    { kind: "heading", text: title },
    { kind: "text", text: content },
  ];
  return {
    locale,
    title: t("letters.statement.title"),
    running: protocol,
    at: now,
    blocks: [
      { kind: "text", text: t("letters.statement.intro", { at: exact(now) }) },
      { kind: "heading", text: t("letters.statement.held") },
      { kind: "facts", rows: heldRows(held, words) },
      ...(held.person === null && held.earlyAdopterSince === null
        ? [{ kind: "text" as const, text: t("letters.statement.nothing") }]
        : []),
      ...(held.sources.length === 0 ? [] : part(t("letters.statement.source"), sourceText(held, words))),
      ...(held.person === null
        ? []
        : part(t("letters.statement.basis"), basisText(held.person.legalBasis, words))),
      ...part(t("letters.statement.purposes"), t("letters.statement.purposesText")),
      ...part(t("letters.statement.recipients"), words.list(recipientsOf(found, words))),
      ...part(t("letters.statement.retention"), retentionText(held, words)),
      ...part(t("letters.statement.rights"), t("letters.statement.rightsText", { protocol })),
    ],
  };
}

/** The same for machines: what the person may take elsewhere. */
export function composeStatementData({ found, held, now }: Told) {
  const { person } = held;
  return {
    format: "gatehouse-statement",
    version: 1,
    protocol: found.request.protocol,
    asKnownAt: now.toISOString(),
    customId: held.customId,
    held:
      person === null
        ? null
        : {
            bioPassId: person.bioPassId,
            status: person.status,
            faceTemplate: person.faceEnrolled,
            fingerTemplates: person.fingersEnrolled,
            images: 0,
            knownSince: person.createdAt.toISOString(),
            lastConfirmedAt: person.confirmedAt?.toISOString() ?? null,
            legalBasis: person.legalBasis,
          },
    verifications: held.verifications,
    enrolments: held.enrolments,
    auditEntries: held.auditEntries,
    earlyAdopterSince: held.earlyAdopterSince?.toISOString() ?? null,
    sources: held.sources.map((name) => name ?? "console"),
    purposes: ["login", "confirmation", "fraud_prevention"],
    recipients: ["BioPass ID (Multibiometrics API)", ...found.recipients.map(({ name }) => name)],
    retention: { templates: "until erased", historyDays: held.historyDays, auditLog: "installation" },
  };
}

const recipientsOf = ({ recipients }: Case, { t }: Words): string[] => [
  t("letters.statement.processor"),
  ...recipients.map(({ name }) => name),
];

const basisText = (basis: string, { t }: Words): string => t(`people.person.basis.${basis as LegalBasis}`);

function sourceText({ sources }: HeldRecord, { t, list }: Words): string {
  const names = sources.map((name) => name ?? t("letters.statement.sourceConsole"));
  return t("letters.statement.sourceText", { applications: list([...new Set(names)]) });
}

const retentionText = ({ historyDays }: HeldRecord, { t }: Words): string =>
  t("letters.statement.retentionText", {
    history: historyDays,
    audit: t("letters.statement.retentionForever"),
  });

function heldRows({ customId, person, ...held }: HeldRecord, words: Words): [string, string][] {
  const { t, number, exact } = words;
  const rows: [string, string][] = [[t("letters.statement.customId"), customId]];
  if (person !== null) rows.push(...templateRows(person, words));
  rows.push(
    [t("letters.statement.images"), t("letters.statement.imagesText")],
    [t("letters.statement.verifications"), number(held.verifications)],
    [t("letters.statement.attempts"), number(held.enrolments)],
    [t("letters.statement.auditEntries"), number(held.auditEntries)],
  );
  if (held.earlyAdopterSince !== null)
    rows.push([t("letters.statement.earlyAdopter"), exact(held.earlyAdopterSince)]);
  if (person === null) return rows;
  const confirmed = person.confirmedAt === null ? t("letters.statement.never") : exact(person.confirmedAt);
  return [
    ...rows,
    [t("letters.statement.since"), exact(person.createdAt)],
    [t("letters.statement.confirmed"), confirmed],
  ];
}

function templateRows(
  { bioPassId, faceEnrolled, fingersEnrolled }: NonNullable<HeldRecord["person"]>,
  { t, list }: Words,
): [string, string][] {
  const which = list(fingersEnrolled.map((finger) => t(`people.person.finger.${finger as 1}`)));
  return [
    [t("letters.statement.bioPassId"), bioPassId ?? t("letters.statement.unknown")],
    [
      t("letters.statement.face"),
      faceEnrolled ? t("letters.statement.faceYes") : t("letters.statement.none"),
    ],
    [
      t("letters.statement.fingers"),
      t("letters.statement.fingersText", { count: fingersEnrolled.length, which }),
    ],
  ];
}
