"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import { ChoiceField } from "#components/forms/choice-field.tsx";
import type { Act, FieldErrors } from "#components/forms/types.ts";
import { useRequestTerms } from "#components/requests/terms.ts";
import { WordsField } from "#components/requests/words-field.tsx";
import { Note } from "#components/ui/note.tsx";
import type { KeepingOffers, Requested } from "#lib/people/types.ts";
import { MEMBERS_DELETION_REASONS } from "#lib/requests/schema.ts";
import type { PreviewItem } from "#lib/requests/types.ts";

/** What can be done about what keeps or blocks a person, as the app's actions. */
export type KeepingActs = {
  placeHold: Act<unknown>;
  releaseHold: Act<unknown>;
  liftBlock: Act<unknown>;
  openDeletion: Act<{ requestId: string } | null>;
};

type KeepingActsProps = {
  personId: string;
  hold: Requested["hold"];
  offers: KeepingOffers;
  acts: KeepingActs;
};

/** Place or release a legal hold, lift a block, have the record deleted: what this reader may, and of the rest why not. */
export function KeepingActs({ personId, hold, offers, acts }: KeepingActsProps) {
  const t = useTranslations("people.person.keeping");
  const { placeHold, releaseHold, liftBlock, deletion } = offers;
  return (
    <>
      {releaseHold === "not_second_person" ? <p className="small m">{t("release.another")}</p> : null}
      {liftBlock === "still_needed" ? <p className="small m">{t("lift.needed")}</p> : null}
      <div className="acts" style={{ paddingTop: 8 }}>
        {hold !== null && releaseHold === "free" ? (
          <KeepingAct
            of="release"
            act={acts.releaseHold}
            about={{ holdId: hold.id, version: hold.version }}
          />
        ) : null}
        {liftBlock === "free" ? <KeepingAct of="lift" act={acts.liftBlock} about={{ personId }} /> : null}
        {placeHold ? <KeepingAct of="place" act={acts.placeHold} about={{ personId }} /> : null}
        {deletion === null ? null : (
          <DeleteOutside personId={personId} deletion={deletion} act={acts.openDeletion} />
        )}
      </div>
    </>
  );
}

type KeepingActProps = {
  of: "place" | "release" | "lift";
  act: Act<unknown>;
  about: Record<string, string | number>;
};

function KeepingAct({ of, act, about }: KeepingActProps) {
  const t = useTranslations("people.person.keeping");
  return (
    <ActDialog
      opener={{ text: t(`${of}.open`) }}
      title={t(`${of}.title`)}
      words={{ keep: t("keep"), submit: t(`${of}.submit`), busy: t(`${of}.busy`) }}
      act={act}
      about={about}
    >
      {(errors) => (
        <>
          <p className="m2">{t(`${of}.text`)}</p>
          <WordsField
            name="reason"
            label={t("reason")}
            help={t(`${of}.help`)}
            error={errors.reason ? t("missingReason") : undefined}
          />
          <KeepingTrouble errors={errors} />
        </>
      )}
    </ActDialog>
  );
}

type DeleteOutsideProps = {
  personId: string;
  deletion: NonNullable<KeepingOffers["deletion"]>;
  act: KeepingActs["openDeletion"];
};

/** A record nobody asked to erase: put before a second administrator, who sees the same preview. */
function DeleteOutside({ personId, deletion, act }: DeleteOutsideProps) {
  const t = useTranslations("people.person.keeping");
  const router = useRouter();
  return (
    <ActDialog
      opener={{ text: t("delete.open") }}
      title={t("delete.title")}
      danger
      words={{ keep: t("keep"), submit: t("delete.submit"), busy: t("delete.busy") }}
      act={act}
      about={{ personId, previewDigest: deletion.digest }}
      onDone={(done) => {
        if (done !== null) router.push(`/requests/${done.requestId}`);
      }}
    >
      {(errors) => (
        <>
          <p className="m2">{t("delete.text")}</p>
          <ItemList title={t("delete.goes")} items={deletion.preview.goes} />
          <ItemList title={t("delete.stays")} items={deletion.preview.stays} />
          <ChoiceField
            name="why"
            label={t("delete.why")}
            choices={MEMBERS_DELETION_REASONS.map((value) => ({
              value,
              text: t(`delete.whyText.${value}`),
              help: t(`delete.whyHelp.${value}`),
            }))}
            error={errors.why ? t("delete.missingWhy") : undefined}
          />
          <WordsField
            name="words"
            label={t("reason")}
            help={t("delete.help")}
            error={errors.words ? t("missingReason") : undefined}
          />
          <KeepingTrouble errors={errors} />
        </>
      )}
    </ActDialog>
  );
}

function ItemList({ title, items }: { title: string; items: readonly PreviewItem[] }) {
  const t = useTranslations("people.person.keeping.delete");
  const terms = useRequestTerms();
  if (items.length === 0) return null;
  return (
    <div className="m2">
      <b>{title}</b>
      <ul className="plain-list">
        {items.map(({ kind, items: count }) => (
          <li key={kind}>{t("item", { what: terms.item(kind), count })}</li>
        ))}
      </ul>
    </div>
  );
}

const TROUBLES = [
  "standing_already",
  "being_erased",
  "erasure_open",
  "released_already",
  "not_second_person",
  "stale_version",
  "not_blocked",
  "still_needed",
  "on_hold",
  "open_already",
  "preview_changed",
] as const;

/** Why it was not done, and what to do next. */
function KeepingTrouble({ errors }: { errors: FieldErrors }) {
  const t = useTranslations("people.person.keeping.trouble");
  const common = useTranslations("errors");
  if (!errors.request) return null;
  const code = TROUBLES.find((one) => one === errors.request?.[0]);
  return (
    <Note tone="warn" role="alert">
      {code === undefined ? common("conflict") : t(code)}
    </Note>
  );
}
