import { useFormatter, useTranslations } from "next-intl";
import { ChangePassword } from "#components/account/change-password.tsx";
import { CodeApp } from "#components/account/code-app.tsx";
import { NewRecoveryCodes } from "#components/account/new-recovery-codes.tsx";
import { OwnSessions } from "#components/account/own-sessions.tsx";
import type { AccountActs } from "#components/account/types.ts";
import { Page } from "#components/layout/page.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { RailSection, Section } from "#components/ui/section.tsx";
import type { AccountData } from "#lib/auth/loaders.ts";
import * as actions from "../actions.ts";

const prove = actions.proveAction;
const ACTS: AccountActs = {
  setUp: { prove, offer: actions.offerCodeAppAction, confirm: actions.setUpCodeAppAction },
  replace: { prove, offer: actions.offerReplacementAction, confirm: actions.replaceCodeAppAction },
  createCodes: actions.createRecoveryCodesAction,
  changePassword: actions.changePasswordAction,
  endSession: actions.endOwnSessionAction,
  endOthers: actions.endOtherSessionsAction,
};

/** How well the account is kept as the answer; then the second factor, the password and the sessions. */
export function AccountView({ data }: { data: AccountData }) {
  const t = useTranslations("account");
  const { viewer, factors, sessions, state } = data;
  return (
    <ClientMessages rooms={["account", "proof", "errors"]}>
      <Page railLabel={t("rail.label")} rail={<WhoIAm viewer={viewer} />}>
        <PageHead
          answer={t(`answer.${state}`, { left: factors.recoveryCodesLeft })}
          lead={t(`lead.${state}`)}
        />
        <SecondFactor data={data} />
        {viewer.proof.hasPassword ? (
          <Section title={t("password.section")}>
            <div className="account-part">
              <p className="m2">{t("password.about")}</p>
              <ChangePassword changePassword={ACTS.changePassword} />
            </div>
          </Section>
        ) : null}
        <Section title={t("sessions.title")} about={t("sessions.about", { count: sessions.length })}>
          <OwnSessions
            sessions={sessions}
            ownId={viewer.sessionId}
            endSession={ACTS.endSession}
            endOthers={ACTS.endOthers}
          />
        </Section>
      </Page>
    </ClientMessages>
  );
}

function SecondFactor({ data: { viewer, factors, state } }: { data: AccountData }) {
  const t = useTranslations("account");
  const format = useFormatter();
  const { codeAppSince, recoveryCodesLeft, recoveryCodesMadeAt } = factors;
  if (state === "single_sign_on") return null;
  return (
    <Section title={t("codeApp.section")}>
      <div className="account-part">
        <p className="m2">{t(viewer.proof.hasCodeApp ? "codeApp.about" : "codeApp.aboutNone")}</p>
        {codeAppSince === null ? null : (
          <dl className="dl account-facts">
            <dt>{t("codeApp.since")}</dt>
            <dd>{format.dateTime(codeAppSince, "minute")}</dd>
            <dt>{t("codes.left")}</dt>
            <dd>
              {recoveryCodesMadeAt === null
                ? t("codes.none")
                : t("codes.count", {
                    count: recoveryCodesLeft,
                    day: format.dateTime(recoveryCodesMadeAt, "day"),
                  })}
            </dd>
          </dl>
        )}
        <div className="acts">
          <CodeApp setUp={ACTS.setUp} replace={ACTS.replace} hasCodeApp={codeAppSince !== null} />
          {codeAppSince === null ? null : <NewRecoveryCodes createCodes={ACTS.createCodes} />}
        </div>
      </div>
    </Section>
  );
}

function WhoIAm({ viewer: { name, email, role } }: Pick<AccountData, "viewer">) {
  const t = useTranslations("account.rail");
  const roles = useTranslations("terms.role");
  return (
    <>
      <RailSection title={t("title")}>
        <dl className="dl">
          <dt>{t("name")}</dt>
          <dd>{name}</dd>
          <dt>{t("email")}</dt>
          <dd>{email}</dd>
          <dt>{t("role")}</dt>
          <dd>{roles(role)}</dd>
        </dl>
      </RailSection>
      <RailSection title={t("may")}>
        <p className="m2">{t(`mayText.${role}`)}</p>
        <p className="small m">{t("change")}</p>
      </RailSection>
    </>
  );
}
