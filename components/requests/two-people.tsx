import { Check, CircleDashed, X } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { Section } from "#components/ui/section.tsx";
import type { RequestPageData } from "#lib/request-page/types.ts";
import { useRequestTerms } from "./terms.ts";

/** Who opened, who assessed, and who decides or decided: never the same, unless the installation says so. */
export function TwoPeople({ data }: { data: RequestPageData }) {
  const t = useTranslations("request.people");
  const { request, isSingleControl } = data;
  const { openedBy, assessedBy } = request;
  const isOne = request.decidedAt === null ? isSingleControl : request.isSingleControl;
  return (
    <Section title={t(isOne ? "single" : "title")}>
      <ul className="todo">
        {openedBy !== null && openedBy === assessedBy ? null : <Opened data={data} />}
        <Assessed data={data} />
        <Decided data={data} />
      </ul>
      {isOne ? <p className="small m">{t("singleText")}</p> : null}
    </Section>
  );
}

function Opened({ data: { request, names } }: { data: RequestPageData }) {
  const t = useTranslations("request.people");
  const format = useFormatter();
  const terms = useRequestTerms();
  const { openedBy, applicationId, openedAt, identityMethod } = request;
  const by =
    openedBy !== null
      ? (names.members[openedBy] ?? "–")
      : applicationId !== null
        ? (names.applications[applicationId] ?? "–")
        : t("system");
  return (
    <li>
      <Icon of={Check} tone="ok" />
      <span>
        {t(applicationId === null ? "opened" : "application")} <b className="b">{by}</b>
      </span>
      <small>
        {format.dateTime(openedAt, "minute")}
        {identityMethod === null ? null : ` · ${t("identity")}: ${terms.method(identityMethod)}`}
      </small>
    </li>
  );
}

function Assessed({ data: { request, names, legalBasis } }: { data: RequestPageData }) {
  const t = useTranslations("request.people");
  const format = useFormatter();
  const terms = useRequestTerms();
  const basis = useBasis();
  const { assessedBy, assessedAt, openedBy, channel, proposal, denialGround, assessment } = request;
  if (assessedBy === null || assessedAt === null)
    return (
      <li>
        <Icon of={CircleDashed} />
        <span className="m">{t("notAssessed")}</span>
      </li>
    );
  const said =
    proposal === "deny" && denialGround !== null
      ? t("byGround", { ground: terms.ground(denialGround) })
      : t("grants");
  return (
    <li>
      <Icon of={Check} tone="ok" />
      <span>
        {t(channel === "retention" ? "ruled" : openedBy === assessedBy ? "openedAssessed" : "assessed")}{" "}
        <b className="b">{names.members[assessedBy] ?? "–"}</b>
      </span>
      <small>
        {format.dateTime(assessedAt, "minute")} · {said} ·{" "}
        {legalBasis === null ? t("noBasis") : t("by", { basis: basis(legalBasis) })}
      </small>
      {assessment === null ? null : <small className="breaks">“{assessment}”</small>}
    </li>
  );
}

/** A legal basis in words; one that is not known here stands as it is. */
export function useBasis(): (basis: string) => string {
  const t = useTranslations("people.person.basis");
  return (basis) => {
    const known = basis as Parameters<typeof t>[0];
    return t.has(known) ? t(known) : basis;
  };
}

function Decided({ data }: { data: RequestPageData }) {
  const t = useTranslations("request.people");
  const format = useFormatter();
  const locale = useLocale();
  const { request, names, deciders } = data;
  const { decidedBy, decidedAt, state, assessedAt } = request;
  if (decidedBy !== null && decidedAt !== null)
    return (
      <li>
        {state === "denied" ? <Icon of={X} tone="bad" /> : <Icon of={Check} tone="ok" />}
        <span>
          {t(state === "denied" ? "denied" : "approved")}{" "}
          <b className="b">{names.members[decidedBy] ?? "–"}</b>
        </span>
        <small>
          {format.dateTime(decidedAt, "minute")}
          {request.isSingleControl ? ` · ${t("singleControl")}` : null}
        </small>
      </li>
    );
  if (request.closedAt !== null || deciders?.by !== "members") return null;
  const able = [...(deciders.isYou ? [t("you")] : []), ...deciders.others];
  const list = new Intl.ListFormat(locale, { type: "disjunction" }).format(able);
  const never = [...new Set([request.openedBy, request.assessedBy])]
    .filter((id) => id !== null)
    .map((id) => names.members[id] ?? "–");
  return (
    <li>
      <Icon of={CircleDashed} />
      <span>{t("approves", { names: able.length === 0 ? t("nobody") : list })}</span>
      <small>
        {assessedAt === null || data.isSingleControl || never.length === 0
          ? t("later")
          : t("never", { names: new Intl.ListFormat(locale).format(never) })}
      </small>
    </li>
  );
}
