import { useTranslations } from "next-intl";
import { Lone } from "#components/layout/lone.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { Note } from "#components/ui/note.tsx";
import { askForSignOnProofAction } from "../actions.ts";
import type { parseProofSearch } from "../search-params.ts";
import { ProofDone } from "./proof-done.tsx";
import { ProofStart } from "./proof-start.tsx";

type ProofWindowProps = ReturnType<typeof parseProofSearch> & {
  /** What the provider is called; null where there is none, and so nowhere to lead to. */
  name: string | null;
};

/** The window beside a waiting act: it leads to the single sign-on, and says what came of it. */
export function ProofWindow({ refused, done, name }: ProofWindowProps) {
  const t = useTranslations("proof.window");
  return (
    <Lone foot="">
      <div className="narrow">
        <h1 className="answer">{t(done ? "done" : "title")}</h1>
        {name === null ? <p className="m2">{t("nowhere")}</p> : <SignOn {...{ refused, done, name }} />}
      </div>
    </Lone>
  );
}

function SignOn({ refused, done, name }: ReturnType<typeof parseProofSearch> & { name: string }) {
  const t = useTranslations("proof.window");
  return (
    <>
      {refused === undefined ? null : (
        <Note tone="bad" role="alert">
          {t(`failed.${refused}`, { name })}
        </Note>
      )}
      <ClientMessages rooms={["proof"]}>
        {done ? (
          <ProofDone />
        ) : (
          <ProofStart name={name} ask={askForSignOnProofAction} waits={refused !== undefined} />
        )}
      </ClientMessages>
    </>
  );
}
