"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { DeveloperPanel } from "#components/sample/developer-panel.tsx";
import styles from "#components/sample/sample.module.css";
import type { SampleFeedback } from "#lib/sample/types.ts";
import { StepView } from "./step-view.tsx";
import { useMemberLogin } from "./use-member-login.ts";

type MemberLoginProps = { sampleMember: string; samplePassword: string; texts: readonly SampleFeedback[] };

/** The member's side and, beside it, what the gateway answered. */
export function MemberLogin({ sampleMember, samplePassword, texts }: MemberLoginProps) {
  const t = useTranslations("sample.start");
  const [member, setMember] = useState(sampleMember);
  const login = useMemberLogin(member);
  return (
    <div className={styles.columns}>
      <section className="phone" aria-label={t("title")}>
        <StepView login={login} member={member} onMember={setMember} samplePassword={samplePassword} />
      </section>
      <DeveloperPanel view={login.view} texts={texts} />
    </div>
  );
}
