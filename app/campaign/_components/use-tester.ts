import { useCallback, useEffect, useState } from "react";
import { askByLink, takeLinkToken } from "#components/links/link-token.ts";
import { type Chosen, NOTHING_CHOSEN } from "#components/testers/walk.ts";
import { type CampaignModality, CONSENT_VERSION, type TesterTryInput } from "#lib/campaigns/schema.ts";
import {
  type EnrolmentEnd,
  TESTER_TROUBLES,
  type TesterRefusal,
  type TesterRefused,
  type TesterStep,
  type TesterTrouble,
  type TesterView,
  type TryEnd,
} from "#lib/campaigns/types.ts";
import type { Locale } from "#lib/i18n/locales.ts";

const KEPT_TOKEN = "gatehouse.tester";
const KEPT_CHOICE = "gatehouse.tester.chosen";
/** Until the API has confirmed a deletion, and while a try is still being made, it is asked again. */
const AGAIN_MS = 2_000;
/** The server gives a try up after half a minute. */
const MOST_AGAIN = 20;

export type TesterState =
  | { step: "looking" }
  | { step: "closed"; why: TesterTrouble | "other_api" | "missing" | "unavailable"; left: number }
  | { step: "open"; token: string; view: TesterView };

/** Why a step was not taken; null where it was. `unavailable`: no answer came. */
export type StepTrouble = Exclude<TesterRefusal, "other_api"> | "unavailable";
export type StepAnswer<End> = { end: End } | { trouble: StepTrouble } | null;

type Examined = { ok: true; view: TesterView } | TesterRefused;

const isLinkTrouble = (refused: TesterRefused): refused is Extract<TesterRefused, { left: number }> =>
  (TESTER_TROUBLES as readonly string[]).includes(refused.code);

const opened = (token: string, { campaign, ...view }: TesterView): TesterState => {
  return {
    step: "open",
    token,
    view: { ...view, campaign: { ...campaign, endsAt: new Date(campaign.endsAt) } },
  };
};

async function look(): Promise<TesterState> {
  const token = takeLinkToken(KEPT_TOKEN);
  if (token === null) return { step: "closed", why: "missing", left: 0 };
  const answer = await askByLink<Examined>("/api/campaigns/examine", { token });
  if (answer === null) return { step: "closed", why: "unavailable", left: 0 };
  if (answer.ok) return opened(token, answer.view);
  return isLinkTrouble(answer)
    ? { step: "closed", why: answer.code, left: answer.left }
    : { step: "closed", why: "other_api", left: 0 };
}

/** Follows a tester's link from its address to its end. Where they are comes from the server, at each answer anew. */
export function useTester() {
  const [state, setState] = useState<TesterState>({ step: "looking" });
  const [chosen, setChosen] = useState<Chosen>(NOTHING_CHOSEN);

  const begin = useCallback(() => {
    setState({ step: "looking" });
    setChosen(readChosen());
    void look().then(setState);
  }, []);
  useEffect(() => {
    begin();
    // Another link pasted into the same tab.
    window.addEventListener("hashchange", begin);
    return () => window.removeEventListener("hashchange", begin);
  }, [begin]);

  const isBeingDeleted = state.step === "closed" && state.left > 0;
  useEffect(() => {
    if (!isBeingDeleted) return;
    const again = setInterval(() => void look().then((seen) => keepUnlessAway(seen, setState)), AGAIN_MS);
    return () => clearInterval(again);
  }, [isBeingDeleted]);

  /** Takes a step at the server; null where the link opens nothing any more, which the state then says. */
  async function take<End>(token: string, path: string, body: object): Promise<StepAnswer<End>> {
    const answer = await askByLink<TesterStep<End>>(`/api/campaigns/${path}`, { token, ...body });
    if (answer === null) return { trouble: "unavailable" };
    if (answer.ok) {
      setState(opened(token, answer.view));
      return { end: answer.end };
    }
    if (isLinkTrouble(answer)) setState({ step: "closed", why: answer.code, left: answer.left });
    else if (answer.code === "other_api") setState({ step: "closed", why: "other_api", left: 0 });
    else return { trouble: answer.code };
    return null;
  }

  return {
    state,
    chosen,
    begin,
    choose(next: Chosen) {
      window.sessionStorage.setItem(KEPT_CHOICE, JSON.stringify(next));
      setChosen(next);
    },
    consent: (token: string, locale: Locale) =>
      take<undefined>(token, "consent", { version: CONSENT_VERSION, locale }),
    enrol: (token: string, modality: CampaignModality, picture: string) =>
      take<EnrolmentEnd>(token, "enrol", { modality, picture }),
    async attempt(token: string, one: Omit<TesterTryInput, "token">): Promise<StepAnswer<TryEnd>> {
      for (let asked = 0; ; asked++) {
        const answer = await take<TryEnd>(token, "try", one);
        const isLost = answer !== null && "trouble" in answer && answer.trouble === "in_progress";
        if (!isLost || asked === MOST_AGAIN) return answer;
        await new Promise((done) => setTimeout(done, AGAIN_MS));
      }
    },
    leave: (token: string) => take<never>(token, "leave", {}),
  };
}

function keepUnlessAway(seen: TesterState, setState: (state: TesterState) => void): void {
  if (seen.step !== "closed" || seen.why !== "unavailable") setState(seen);
}

function readChosen(): Chosen {
  const kept = window.sessionStorage.getItem(KEPT_CHOICE);
  return kept === null ? NOTHING_CHOSEN : (JSON.parse(kept) as Chosen);
}
