"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toBase64 } from "#components/capture/prepare-picture.ts";
import type { ExaminedPicture } from "#components/capture/types.ts";
import { type TroubleText, troubleTextOf } from "#components/testers/trouble-text.ts";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import type { CampaignModality } from "#lib/campaigns/schema.ts";
import type { EnrolmentEnd } from "#lib/campaigns/types.ts";
import { PictureCapture } from "./picture-capture.tsx";
import { StepHead } from "./step-head.tsx";
import { StepTroubleNote } from "./step-trouble-note.tsx";
import type { StepAnswer, StepTrouble } from "./use-tester.ts";

type EnrolStepProps = {
  modality: CampaignModality;
  onSend(base64: string): Promise<StepAnswer<EnrolmentEnd>>;
  onLeaveOut(): void;
};

/** The one picture that all others of this modality are compared with. */
export function EnrolStep({ modality, onSend, onLeaveOut }: EnrolStepProps) {
  const t = useTranslations("tester.enrol");
  const [sending, setSending] = useState(false);
  const [round, setRound] = useState(0);
  const [refused, setRefused] = useState<TroubleText | null>(null);
  const [trouble, setTrouble] = useState<StepTrouble | null>(null);

  async function send({ image }: ExaminedPicture) {
    setSending(true);
    setRefused(null);
    setTrouble(null);
    const answer = await onSend(await toBase64(image));
    setSending(false);
    if (answer === null) return;
    if ("trouble" in answer) setTrouble(answer.trouble);
    else if (!answer.end.isEnrolled) setRefused(troubleTextOf(answer.end.code));
    // Whatever it was, the picture in view was not taken: another one begins.
    setRound((before) => before + 1);
  }

  return (
    <>
      {/* What was pressed goes with the picture that was not taken: the focus begins anew, too. */}
      <StepHead key={`head ${round}`} title={t(`${modality}.title`)} text={t(`${modality}.text`)} />
      <div role="alert">
        {refused === null ? null : <Note tone="warn">{t(`refused.${refused}`, { modality })}</Note>}
        <StepTroubleNote trouble={trouble} />
      </div>
      <PictureCapture
        key={round}
        modality={modality}
        sending={sending}
        onPicture={(picture) => void send(picture)}
        wayOut={
          <Button wide onClick={onLeaveOut}>
            {t(`${modality}.leaveOut`)}
          </Button>
        }
      />
    </>
  );
}
