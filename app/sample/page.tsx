import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { SampleFrame } from "#components/sample/sample-frame.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { consoleSettings } from "#lib/console/runtime.ts";
import { feedbackOf } from "#lib/feedback/rules.ts";
import { FEEDBACK_CODES } from "#lib/feedback/schema.ts";
import { SAMPLE_MEMBER, SAMPLE_PASSWORD } from "#lib/sample/rules.ts";
import { MemberLogin } from "./_components/member-login.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: { absolute: (await getTranslations("sample"))("pageTitle") } };
}

/** A small company's login, as its members would see it. It knows no session of the console, only the gateway. */
export default async function SamplePage() {
  if (consoleSettings().sampleApplicationKey === undefined) notFound();
  const locale = (await getLocale()) === "pt-BR" ? "pt-BR" : "en";
  const otherLang = locale === "en" ? "pt-BR" : "en";
  return (
    <SampleFrame>
      <ClientMessages rooms={["sample", "capture", "terms"]}>
        <MemberLogin
          sampleMember={SAMPLE_MEMBER}
          samplePassword={SAMPLE_PASSWORD}
          texts={FEEDBACK_CODES.map((code) => ({
            ...feedbackOf(code, locale),
            otherText: feedbackOf(code, otherLang).text,
            otherLang,
          }))}
        />
      </ClientMessages>
    </SampleFrame>
  );
}
