"use client";

import { ReceiptText } from "lucide-react";
import { useTranslations } from "next-intl";
import { MessageNote } from "#components/sample/message-note.tsx";
import { PasswordForm } from "#components/sample/password-form.tsx";
import { Payment } from "#components/sample/payment.tsx";
import styles from "#components/sample/sample.module.css";
import { SampleStepHead } from "#components/sample/sample-step-head.tsx";
import type { By } from "#components/sample/types.ts";
import { Button } from "#components/ui/button.tsx";
import type { LegacyReason } from "#lib/logins/schema.ts";
import type { useMemberLogin } from "./use-member-login.ts";

type StepProps = { login: ReturnType<typeof useMemberLogin> };

/** The old way: to get in, or to confirm a payment. */
export function PasswordStep({
  login,
  reason,
  samplePassword,
}: StepProps & { reason: LegacyReason; samplePassword: string }) {
  const t = useTranslations("sample");
  const { view, dispatch } = login;
  const { message, sending } = view;
  const paying = view.purpose === "transaction";
  const wrong = message?.from === "page" && message.code === "wrong_password";
  return (
    <>
      <SampleStepHead title={t(paying ? "pay.title" : "password.title")} text={t("password.text")} />
      {paying ? <Payment /> : null}
      {wrong ? null : <MessageNote message={message} />}
      <PasswordForm
        samplePassword={samplePassword}
        sending={sending}
        act={t(paying ? "pay.go" : "password.go")}
        error={wrong ? t("message.wrong_password") : undefined}
        onPassword={(password) => void login.checkPassword(password, reason)}
      />
      <Button look="quiet" wide onClick={() => dispatch({ type: paying ? "leave_payment" : "start_over" })}>
        {t(paying ? "pay.leave" : "enrolled.back")}
      </Button>
    </>
  );
}

/** Inside: a payment to confirm, or that it was confirmed. */
export function MemberArea({ login, at, by }: StepProps & { at: "in" | "paid"; by: By }) {
  const t = useTranslations("sample");
  const { view, dispatch } = login;
  const { message, sending } = view;
  return (
    <>
      <SampleStepHead
        title={t(at === "in" ? "in.title" : "pay.done")}
        text={t(at === "in" ? `in.${by}` : `pay.by.${by}`)}
      />
      {at === "paid" ? <Payment /> : null}
      {at === "paid" && message?.from === "gateway" ? null : <MessageNote message={message} />}
      <div className={styles.ways}>
        <Button
          look={at === "in" ? "primary" : "plain"}
          wide
          icon={ReceiptText}
          aria-disabled={sending}
          onClick={() => void login.open("transaction")}
        >
          {t(at === "in" ? "pay.open" : "pay.again")}
        </Button>
        <Button wide onClick={() => dispatch({ type: "start_over" })}>
          {t("in.out")}
        </Button>
      </div>
    </>
  );
}
