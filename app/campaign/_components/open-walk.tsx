"use client";

import { type Chosen, keyOf, placeOf, without } from "#components/testers/walk.ts";
import type { TesterView } from "#lib/campaigns/types.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type Asker, ConsentStep } from "./consent-step.tsx";
import { DeviceStep } from "./device-step.tsx";
import { EndStep } from "./end-step.tsx";
import { EnrolStep } from "./enrol-step.tsx";
import { TryStep } from "./try-step.tsx";
import type { useTester } from "./use-tester.ts";
import { useTry } from "./use-try.ts";
import { WalkFoot } from "./walk-foot.tsx";

type OpenWalkProps = {
  tester: ReturnType<typeof useTester>;
  token: string;
  view: TesterView;
  asker: Asker;
  locale: Locale;
};

/** The one thing the tester does now, and under it how far they are and the way out. */
export function OpenWalk({ tester, token, view, asker, locale }: OpenWalkProps) {
  const { chosen, choose } = tester;
  const trying = useTry({
    deviceId: chosen.deviceId ?? "",
    attempt: (one) => tester.attempt(token, one),
  });
  const now = placeOf(view, chosen);
  const place = trying.held?.place ?? now;
  const progress = "progress" in now ? now.progress : undefined;
  const leave = () => tester.leave(token);
  const leaveOut = (more: readonly string[]) => choose({ ...chosen, leftOut: more });
  switch (place.at) {
    case "consent":
      return (
        <ConsentStep
          view={view}
          asker={asker}
          onConsent={async () => {
            const answer = await tester.consent(token, locale);
            return answer === null || "end" in answer;
          }}
        />
      );
    case "device":
      return (
        <>
          <DeviceStep devices={view.campaign.devices} onDevice={(deviceId) => choose(onDevice(deviceId))} />
          <WalkFoot onLeave={leave} />
        </>
      );
    case "enrol":
      return (
        <>
          <EnrolStep
            key={place.modality}
            modality={place.modality}
            onSend={(picture) => tester.enrol(token, place.modality, picture)}
            onLeaveOut={() => leaveOut(without(view, chosen, place.modality))}
          />
          <WalkFoot progress={progress} onLeave={leave} />
        </>
      );
    case "try":
      return (
        <>
          <TryStep
            // Another try is another step: its heading takes the focus.
            key={`${keyOf(place.step)} ${place.number} ${trying.round}`}
            place={place}
            triesEach={view.campaign.triesEach}
            trying={trying}
            onLeaveOut={() => {
              trying.next();
              leaveOut([...chosen.leftOut, keyOf(place.step)]);
            }}
            onLookAgain={() => {
              trying.next();
              tester.begin();
            }}
          />
          <WalkFoot progress={progress} onLeave={leave} />
        </>
      );
    case "end":
      return (
        <>
          <EndStep
            place={place}
            device={view.campaign.devices.find(({ id }) => id === chosen.deviceId)?.label ?? ""}
            onBack={() => leaveOut([])}
            onOtherDevice={() => choose({ deviceId: null, leftOut: [] })}
          />
          <WalkFoot progress={progress} onLeave={leave} />
        </>
      );
  }
}

const onDevice = (deviceId: string): Chosen => ({ deviceId, leftOut: [] });
