"use client";

import { KeyRound, ScanFace, UserRoundPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import styles from "./sample.module.css";

export type StartAct = "login" | "enrol" | "password";

type StartFormProps = {
  member: string;
  sending: boolean;
  onMember(member: string): void;
  onAct(act: StartAct): void;
};

/** Who wants in, and which way. Enter takes the first button, the face. */
export function StartForm({ member, sending, onMember, onAct }: StartFormProps) {
  const t = useTranslations("sample.start");
  const act = (chosen: StartAct) => () => {
    if (!sending && member !== "") onAct(chosen);
  };
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        act("login")();
      }}
    >
      <Field
        label={t("member")}
        help={t("memberHelp")}
        value={member}
        maxLength={128}
        required
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onMember(event.target.value)}
      />
      <div className={styles.ways}>
        <Button type="submit" look="primary" wide icon={ScanFace} aria-disabled={sending}>
          {sending ? t("opening") : t("login")}
        </Button>
        <Button wide icon={UserRoundPlus} onClick={act("enrol")}>
          {t("enrol")}
        </Button>
        <Button look="quiet" wide icon={KeyRound} onClick={act("password")}>
          {t("password")}
        </Button>
      </div>
    </form>
  );
}
