import "#components/people/people.css";
import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { DoNext } from "#components/people/do-next.tsx";
import { Enrolled } from "#components/people/enrolled.tsx";
import { LastTries } from "#components/people/last-tries.tsx";
import { PathChain } from "#components/people/path-chain.tsx";
import { PersonHead } from "#components/people/person-head.tsx";
import { Figures, Record } from "#components/people/person-rail.tsx";
import { Requests } from "#components/people/requested.tsx";
import { Timeline } from "#components/people/timeline.tsx";
import { WhoLooked } from "#components/people/who-looked.tsx";
import { NO_FILTERS } from "#lib/audit-log/rules.ts";
import type { TimelineKind } from "#lib/history/types.ts";
import type { PersonPageData } from "#lib/people/loaders.ts";
import { auditPath } from "../../../audit/search-params.ts";
import { Keeping } from "./keeping.tsx";
import { StaffAct } from "./staff-act.tsx";

/** All that the log holds of the person, for those who may read all of it. */
const allHrefOf = ({ looks }: PersonPageData): string | null =>
  looks === null || looks.refs === null
    ? null
    : auditPath({
        filters: { ...NO_FILTERS, whom: looks.refs },
        place: { order: "newest", cursor: null, unfold: "all" },
        entry: null,
      });

type PersonViewProps = { data: PersonPageData; kind: TimelineKind | null; isContinued: boolean };

/** Why the person can or cannot log in: the answer, its evidence, and what to do. */
export function PersonView({ data, kind, isContinued }: PersonViewProps) {
  const t = useTranslations("people.person.next");
  const { person, answer, lastLogin, path, intent, pause } = data;
  const percent = intent?.exposurePercent ?? 0;
  const rail = (
    <>
      <DoNext
        advice={data.advice}
        person={person}
        enrolment={data.lastEnrolment}
        percent={percent}
        pause={pause}
      >
        <StaffAct data={data} />
      </DoNext>
      {data.requested === null ? null : (
        <>
          <Keeping personId={person.id} requested={data.requested} />
          <Requests requests={data.requested.requests} personId={person.id} />
        </>
      )}
      <Figures figures={data.figures} />
      <Record person={person} kept={data.kept} />
    </>
  );
  return (
    <Page actFirst railLabel={t("label")} rail={rail}>
      <PersonHead
        person={person}
        standing={data.standing}
        answer={answer}
        login={lastLogin}
        path={path}
        enrolment={data.lastEnrolment}
        percent={percent}
        mayCopyId={data.mayCopyId}
      />
      <LastTries login={lastLogin} />
      <div className="two">
        <PathChain path={path} person={person} exposure={intent} pause={pause} />
        <Enrolled {...person} />
      </div>
      <Timeline
        {...data.history}
        kind={kind}
        isContinued={isContinued}
        viewerId={data.viewerId}
        path={`/people/${person.id}`}
      />
      {data.looks === null ? null : <WhoLooked {...data.looks} allHref={allHrefOf(data)} />}
    </Page>
  );
}
