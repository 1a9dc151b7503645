"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { FaceCapture } from "#components/capture/face-capture.tsx";
import { toBase64 } from "#components/capture/prepare-picture.ts";
import type { CameraTrouble, ExaminedPicture, Guidance } from "#components/capture/types.ts";
import { Button } from "#components/ui/button.tsx";
import type { useMemberLogin } from "./use-member-login.ts";

type FaceTryProps = {
  login: ReturnType<typeof useMemberLogin>;
  wayOut: ReactNode;
  beside: ReactNode;
  onTrouble(trouble: CameraTrouble): void;
  onGuidance(guidance: Guidance): void;
};

/**
 * One try with a face. What the camera took under guidance and a file without a hint are sent at once; a file with a
 * hint waits until the member has read it, and can be sent all the same.
 */
export function FaceTry({ login, ...ways }: FaceTryProps) {
  const t = useTranslations("sample.login");
  const [picture, setPicture] = useState<ExaminedPicture | null>(null);
  const send = async ({ image }: ExaminedPicture) => login.send({ face: await toBase64(image) });
  return (
    <FaceCapture
      {...ways}
      picture={picture}
      sending={login.view.sending}
      onPicture={(taken) => {
        setPicture(taken);
        if (taken !== null && (taken.from === "camera" || taken.hints.length === 0)) void send(taken);
      }}
      act={
        picture === null ? null : (
          <Button look="primary" wide onClick={() => void send(picture)}>
            {t("send")}
          </Button>
        )
      }
    />
  );
}
