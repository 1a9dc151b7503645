"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import { ChoiceField } from "#components/forms/choice-field.tsx";
import type { Act, FieldErrors } from "#components/forms/types.ts";
import { Icon } from "#components/ui/icon.tsx";
import { DENIAL_GROUNDS, type Proposal } from "#lib/requests/types.ts";
import type { ActedRequest } from "./act-types.ts";
import { RecipientRows } from "./recipient-rows.tsx";
import { RequestTroubleNote } from "./request-trouble.tsx";
import { useRequestTerms } from "./terms.ts";
import { WordsField } from "./words-field.tsx";

type AssessProps = {
  request: ActedRequest;
  /** Of the preview that stands beside the form. */
  digest: string;
  /** The legal basis in words; null where nothing is held. */
  basis: string | null;
  /** Named at an earlier review. */
  recipients: readonly { name: string; note: string | null }[];
  propose: Act<unknown>;
};

/** The review: what is proposed and why, the exceptions to test, and who else is told. */
export function AssessRequest({ request, digest, basis, recipients, propose }: AssessProps) {
  const t = useTranslations("request.act");
  return (
    <ActDialog
      opener={{ text: t("assess.open"), look: "primary" }}
      title={t("assess.title")}
      words={{ keep: t("keep"), submit: t("assess.submit"), busy: t("assess.busy") }}
      act={propose}
      about={{ requestId: request.id, version: request.version, previewDigest: digest }}
    >
      {(errors) => (
        <AssessFields errors={errors} right={request.right} basis={basis} recipients={recipients} />
      )}
    </ActDialog>
  );
}

type FieldsProps = Pick<AssessProps, "basis" | "recipients"> & {
  errors: FieldErrors;
  right: ActedRequest["right"];
};

/** Nobody else is told of a statement that only its person gets. */
const hasRecipients = (right: FieldsProps["right"]) => right !== "access";

function AssessFields({ errors, right, basis, recipients }: FieldsProps) {
  const t = useTranslations("request.act.assess");
  const [proposal, setProposal] = useState<Proposal | null>(null);
  return (
    // The choice is a native radio: its changes come up here.
    <fieldset
      className="act-form bare"
      onChange={({ target }) => {
        if (target instanceof HTMLInputElement && target.name === "proposal")
          setProposal(target.value === "deny" ? "deny" : "grant");
      }}
    >
      <ChoiceField
        name="proposal"
        label={t("proposal")}
        choices={[
          { value: "grant", text: t("grant"), help: t("grantHelp") },
          { value: "deny", text: t("deny"), help: t("denyHelp") },
        ]}
        error={errors.proposal ? t("missingProposal") : undefined}
      />
      {proposal === "deny" ? <GroundField error={errors.denialGround !== undefined} /> : null}
      <p className="m2">{basis === null ? t("noBasis") : t("basis", { basis })}</p>
      <details>
        <summary>{t("test")}</summary>
        <ul className="plain-list m2">
          <li>{t("test1")}</li>
          <li>{t("test2")}</li>
          <li>{t("test3")}</li>
          <li>{t("test4")}</li>
        </ul>
      </details>
      <WordsField
        name="assessment"
        label={t("assessment")}
        help={t("assessmentHelp")}
        error={errors.assessment ? t("missingAssessment") : undefined}
      />
      {proposal === "grant" && hasRecipients(right) ? (
        <RecipientRows known={recipients} error={errors.recipients !== undefined} />
      ) : (
        <input type="hidden" name="recipients" value="[]" />
      )}
      <RequestTroubleNote errors={errors} />
    </fieldset>
  );
}

function GroundField({ error }: { error: boolean }) {
  const t = useTranslations("request.act.assess");
  const terms = useRequestTerms();
  const id = useId();
  return (
    <div className={error ? "field err" : "field"}>
      <label htmlFor={id}>{t("ground")}</label>
      <select id={id} className="in" name="denialGround" defaultValue="" aria-invalid={error || undefined}>
        <option value="">{t("chooseGround")}</option>
        {DENIAL_GROUNDS.map((ground) => (
          <option key={ground} value={ground}>
            {terms.ground(ground)}
          </option>
        ))}
      </select>
      {error ? (
        <small>
          <Icon of={CircleAlert} size={14} /> {t("missingGround")}
        </small>
      ) : null}
    </div>
  );
}
