import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { SampleFrame } from "#components/sample/sample-frame.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { consoleSettings } from "#lib/console/runtime.ts";
import { feedbackOf } from "#lib/feedback/rules.ts";
import type { FeedbackCode } from "#lib/feedback/schema.ts";
import { SAMPLE_MEMBER, SAMPLE_PASSWORD } from "#lib/sample/rules.ts";
import { MemberLogin } from "./_components/member-login.tsx";

const LISTED_ANSWERS: readonly FeedbackCode[] = [
  "welcome",
  "too_dark",
  "come_closer",
  "several_faces",
  "not_matched",
  "use_password_this_time",
];

export async function generateMetadata(): Promise<Metadata> {
  return { title: { absolute: (await getTranslations("sample"))("pageTitle") } };
}

/** A small company's login, as its members would see it. It knows no session of the console, only the gateway. */
export default async function SamplePage() {
  if (consoleSettings().sampleApplicationKey === undefined) notFound();
  const locale = (await getLocale()) === "pt-BR" ? "pt-BR" : "en";
  return (
    <SampleFrame>
      <ClientMessages rooms={["sample"]}>
        <MemberLogin
          sampleMember={SAMPLE_MEMBER}
          samplePassword={SAMPLE_PASSWORD}
          texts={LISTED_ANSWERS.map((code) => feedbackOf(code, locale))}
        />
      </ClientMessages>
    </SampleFrame>
  );
}
