import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Lone } from "#components/layout/lone.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { consoleSettings } from "#lib/console/runtime.ts";
import { TesterSteps } from "./_components/tester-steps.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: { absolute: (await getTranslations("tester"))("pageTitle") } };
}

/** Where a tester's link leads. Its token stands behind the #: this server never sees it before the page sends it by itself. */
export default async function TesterPage() {
  const t = await getTranslations("tester");
  const { controllerName, controllerContact } = consoleSettings().requests;
  return (
    <Lone foot={t("foot")}>
      <div className="narrow">
        <ClientMessages rooms={["tester", "capture"]}>
          <TesterSteps
            asker={{ name: controllerName, contact: controllerContact }}
            locale={(await getLocale()) === "pt-BR" ? "pt-BR" : "en"}
          />
        </ClientMessages>
      </div>
    </Lone>
  );
}
