"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { AcceptForm } from "./accept-form.tsx";
import { type InvitationState, useInvitation } from "./use-invitation.ts";

/** What the holder of a link sees: whose it is and the form, why it opens nothing, or that it is done. */
export function InvitationSteps({ setsUpNext }: { setsUpNext: boolean }) {
  const t = useTranslations("invitation");
  const { state, begin, accept } = useInvitation();
  switch (state.step) {
    case "looking":
      return (
        <>
          <h1 className="answer">{t("looking")}</h1>
          <p className="m2" role="status">
            {t("lookingText")}
          </p>
        </>
      );
    case "open":
      return <Open state={state} accept={accept} />;
    case "closed":
      return <Closed why={state.why} begin={begin} />;
    case "done":
      return (
        <>
          <h1 className="answer">{t(`done.${state.purpose}`)}</h1>
          <p className="m2" role="status">
            {t(setsUpNext ? "done.thenSetUp" : "done.then")}
          </p>
          <ButtonLink look="primary" wide href={setsUpNext ? "/sign-in?next=%2Faccount" : "/sign-in"}>
            {t("done.signIn")}
          </ButtonLink>
        </>
      );
  }
}

type OpenProps = {
  state: Extract<InvitationState, { step: "open" }>;
  accept: ReturnType<typeof useInvitation>["accept"];
};

function Open({ state: { token, invitation }, accept }: OpenProps) {
  const t = useTranslations("invitation");
  const terms = useTranslations("terms.role");
  const format = useFormatter();
  const { purpose, role, expiresAt } = invitation;
  return (
    <>
      <h1 className="answer">{t(`open.${purpose}`)}</h1>
      <p className="m2">
        {t(`text.${purpose}`, { role: terms(role), end: format.dateTime(expiresAt, "minute") })}
      </p>
      <AcceptForm invitation={invitation} onSend={(values) => accept(token, values)} />
      <Note>
        <span className="m2">{t("recorded")}</span>
      </Note>
    </>
  );
}

type ClosedProps = { why: Extract<InvitationState, { step: "closed" }>["why"]; begin(): void };

/** What to do next depends on why: sign in, ask for another link, or look again. */
function Closed({ why, begin }: ClosedProps) {
  const t = useTranslations("invitation.closed");
  const common = useTranslations("common");
  return (
    <>
      <h1 className="answer">{t(`${why}.title`)}</h1>
      <p className="m2" role="alert">
        {t(`${why}.text`)}
      </p>
      {why === "unavailable" ? (
        <Button look="primary" wide onClick={begin}>
          {common("tryAgain")}
        </Button>
      ) : (
        <ButtonLink {...(why === "used" ? { look: "primary" as const } : {})} wide href="/sign-in">
          {t("signIn")}
        </ButtonLink>
      )}
    </>
  );
}
