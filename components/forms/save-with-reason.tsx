"use client";

import type { RefObject } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";

export type Reasoned = {
  reason: string;
  onReason(reason: string): void;
  /** Said under the reason's field when it is missing. */
  reasonError: string | undefined;
  reasonField: RefObject<HTMLInputElement | null>;
  onSave(): void;
};

type SaveWithReasonProps = Reasoned & {
  texts: { why: string; whyHelp: string; save: string; putBack: string; note: string };
  onPutBack(): void;
};

/** Why a draft becomes the next version, the way to save it and the way to let go of it. */
export function SaveWithReason({ reason, onReason, onSave, texts, ...rest }: SaveWithReasonProps) {
  return (
    <>
      <form
        className="save"
        onSubmit={(event) => {
          event.preventDefault();
          onSave();
        }}
      >
        <Field
          label={texts.why}
          help={texts.whyHelp}
          name="reason"
          maxLength={300}
          autoComplete="off"
          value={reason}
          onChange={(event) => onReason(event.currentTarget.value)}
          error={rest.reasonError}
          ref={rest.reasonField}
        />
        <Button type="submit" look="primary" wide>
          {texts.save}
        </Button>
        <Button wide onClick={rest.onPutBack}>
          {texts.putBack}
        </Button>
      </form>
      <p className="small m">{texts.note}</p>
    </>
  );
}
