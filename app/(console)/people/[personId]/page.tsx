import "#components/people/people.css";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Page } from "#components/layout/page.tsx";
import { DoNext } from "#components/people/do-next.tsx";
import { Enrolled, isFinger } from "#components/people/enrolled.tsx";
import { LastTries } from "#components/people/last-tries.tsx";
import { PathChain } from "#components/people/path-chain.tsx";
import { PersonHead } from "#components/people/person-head.tsx";
import { Figures, Record } from "#components/people/person-rail.tsx";
import { Timeline } from "#components/people/timeline.tsx";
import { VerifyNow } from "#components/people/verify-now.tsx";
import { LockedButton } from "#components/ui/button.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { loadPerson, type PersonPageData } from "#lib/people/loaders.ts";
import { verifyNowAction } from "./actions.ts";
import { timelineSchema } from "./search-params.ts";

/** The title names nobody: it stands in the browser's history. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") };
}

type PageProps = {
  params: Promise<{ personId: string }>;
  searchParams: Promise<{ [name: string]: string | string[] | undefined }>;
};

export default async function PersonPage({ params, searchParams }: PageProps) {
  const { personId } = await params;
  const { show, before } = timelineSchema.parse(await searchParams);
  const data = await loadPerson(personId, { kind: show, before });
  if (data === null) notFound();
  const { person, answer, lastLogin, path, intent, pause } = data;
  const t = await getTranslations("people.person.next");
  const percent = intent?.exposurePercent ?? 0;
  return (
    <Page
      actFirst
      railLabel={t("label")}
      rail={
        <>
          <DoNext
            answer={answer}
            login={lastLogin}
            person={person}
            path={path}
            percent={percent}
            pause={pause}
          >
            <Acts data={data} />
          </DoNext>
          <Figures figures={data.figures} />
          <Record person={person} />
        </>
      }
    >
      <PersonHead
        person={person}
        standing={data.standing}
        answer={answer}
        login={lastLogin}
        path={path}
        mayCopyId={data.mayCopyId}
      />
      <LastTries login={lastLogin} />
      <div className="two">
        <PathChain path={path} person={person} exposure={intent} pause={pause} />
        <Enrolled {...person} />
      </div>
      <Timeline
        {...data.history}
        kind={show}
        isContinued={before !== null}
        viewerId={data.viewerId}
        path={`/people/${person.id}`}
      />
    </Page>
  );
}

function Acts({ data: { person, mayVerify } }: { data: PersonPageData }) {
  const t = useTranslations("people.person.verify");
  const canBeCompared = person.faceEnrolled || person.fingersEnrolled.length > 0;
  const reason = t(mayVerify ? "lockedPending" : "locked");
  if (!mayVerify || !canBeCompared)
    return (
      <>
        <LockedButton id="verify-locked" wide reason={reason}>
          {t("open")}
        </LockedButton>
        <p className="small m" aria-hidden="true">
          {reason}
        </p>
      </>
    );
  return (
    <ClientMessages rooms={["people", "verifications", "errors"]}>
      <VerifyNow
        personId={person.id}
        faceEnrolled={person.faceEnrolled}
        fingersEnrolled={person.fingersEnrolled.filter(isFinger)}
        verify={verifyNowAction}
      />
    </ClientMessages>
  );
}
