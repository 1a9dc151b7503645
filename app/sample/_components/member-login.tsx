"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Guidance } from "#components/capture/types.ts";
import type { AnswerText } from "#components/sample/answers.ts";
import { DeveloperPanel } from "#components/sample/developer-panel.tsx";
import styles from "#components/sample/sample.module.css";
import { ShownAnswer } from "#components/sample/shown-answer.tsx";
import { StepView } from "./step-view.tsx";
import { useMemberLogin } from "./use-member-login.ts";

type MemberLoginProps = { sampleMember: string; samplePassword: string; texts: readonly AnswerText[] };

/** The member's side and, beside it, what the gateway answered. */
export function MemberLogin({ sampleMember, samplePassword, texts }: MemberLoginProps) {
  const t = useTranslations("sample.start");
  const [member, setMember] = useState(sampleMember);
  const [guidance, setGuidance] = useState<Guidance | null>(null);
  const login = useMemberLogin(member);
  const { view, dispatch } = login;
  const shown = texts.find(({ code }) => code === view.shown);
  return (
    <div className={styles.columns}>
      <section className="phone" aria-label={t("title")}>
        {shown === undefined ? (
          <StepView
            login={login}
            member={member}
            onMember={setMember}
            samplePassword={samplePassword}
            onGuidance={setGuidance}
          />
        ) : (
          <ShownAnswer answer={shown} onBack={() => dispatch({ type: "show", code: null })} />
        )}
      </section>
      <DeveloperPanel
        view={view}
        texts={texts}
        guidance={guidance}
        onShow={(code) => dispatch({ type: "show", code })}
      />
    </div>
  );
}
