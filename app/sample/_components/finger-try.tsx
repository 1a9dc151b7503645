"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { FingerCapture } from "#components/capture/finger-capture.tsx";
import { toBase64 } from "#components/capture/prepare-picture.ts";
import type { CapturedFingers } from "#components/capture/types.ts";
import type { Sent } from "#components/sample/types.ts";
import { Button } from "#components/ui/button.tsx";
import { FINGER_NUMBERS } from "#lib/people/schema.ts";
import type { useMemberLogin } from "./use-member-login.ts";

type FingerTryProps = { login: ReturnType<typeof useMemberLogin>; wayOut: ReactNode };

/** One try with one finger or several. The fingers stay chosen for another try. */
export function FingerTry({ login, wayOut }: FingerTryProps) {
  const t = useTranslations("sample.fingers");
  const [fingers, setFingers] = useState<CapturedFingers>({});
  const count = Object.keys(fingers).length;
  const { sending } = login.view;
  const isIdle = count > 0 && !sending;
  return (
    <FingerCapture
      fingers={fingers}
      onFingers={setFingers}
      act={
        <Button
          look="primary"
          wide
          aria-disabled={!isIdle}
          onClick={async () => {
            if (isIdle) await login.send({ fingers: await base64Of(fingers) });
          }}
        >
          {sending ? t("sending") : t("use", { count })}
        </Button>
      }
      wayOut={wayOut}
    />
  );
}

async function base64Of(fingers: CapturedFingers): Promise<NonNullable<Sent["fingers"]>> {
  const sent: NonNullable<Sent["fingers"]> = {};
  for (const number of FINGER_NUMBERS) {
    const picture = fingers[number];
    if (picture !== undefined) sent[number] = await toBase64(picture.image);
  }
  return sent;
}
