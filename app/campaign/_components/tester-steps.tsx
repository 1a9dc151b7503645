"use client";

import { useTranslations } from "next-intl";
import type { Locale } from "#lib/i18n/locales.ts";
import { ClosedLink } from "./closed-link.tsx";
import type { Asker } from "./consent-step.tsx";
import { OpenWalk } from "./open-walk.tsx";
import { useTester } from "./use-tester.ts";

/** What the holder of a tester's link sees: where they are in their walk, or why it opens nothing. */
export function TesterSteps({ asker, locale }: { asker: Asker; locale: Locale }) {
  const t = useTranslations("tester");
  const tester = useTester();
  const { state } = tester;
  switch (state.step) {
    case "looking":
      return (
        <>
          <h1 className="answer">{t("looking.title")}</h1>
          <p className="m2" role="status">
            {t("looking.text")}
          </p>
        </>
      );
    case "closed":
      return <ClosedLink why={state.why} left={state.left} begin={tester.begin} />;
    case "open":
      return <OpenWalk tester={tester} token={state.token} view={state.view} asker={asker} locale={locale} />;
  }
}
