import { useState } from "react";
import { toBase64 } from "#components/capture/prepare-picture.ts";
import type { ExaminedPicture } from "#components/capture/types.ts";
import { measuredOf } from "#components/testers/measured.ts";
import type { Place } from "#components/testers/walk.ts";
import type { TesterTryInput } from "#lib/campaigns/schema.ts";
import type { TryEnd } from "#lib/campaigns/types.ts";
import { newId } from "#lib/ids.ts";
import type { StepAnswer, StepTrouble } from "./use-tester.ts";

type TryPlace = Extract<Place, { at: "try" }>;
export type OneTry = Omit<TesterTryInput, "token">;

/** The try in view: it stays there until the tester has read what came of it, wherever the walk is meanwhile. */
type Held = { place: TryPlace; one: OneTry; end: TryEnd | null };

type Options = { deviceId: string; attempt(one: OneTry): Promise<StepAnswer<TryEnd>> };

/** Makes one try after the other. One whose answer was lost is sent again as the same try. */
export function useTry({ deviceId, attempt }: Options) {
  const [held, setHeld] = useState<Held | null>(null);
  const [sending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<StepTrouble | null>(null);
  const [round, setRound] = useState(0);

  async function make(place: TryPlace, one: OneTry) {
    setHeld({ place, one, end: null });
    setSending(true);
    setTrouble(null);
    const answer = await attempt(one);
    setSending(false);
    if (answer === null) return;
    if ("trouble" in answer) setTrouble(answer.trouble);
    else setHeld({ place, one, end: answer.end });
  }

  return {
    held,
    sending,
    trouble,
    round,
    async send(place: TryPlace, picture: ExaminedPicture) {
      if (sending) return;
      const { lighting, position } = place.step;
      const about = { tryId: newId(), deviceId, lighting, position };
      await make(place, { ...about, picture: await toBase64(picture.image), measured: measuredOf(picture) });
    },
    sendAgain() {
      if (held !== null && !sending) void make(held.place, held.one);
    },
    next() {
      setHeld(null);
      setTrouble(null);
      setRound((before) => before + 1);
    },
  };
}
