"use client";

import { useReducer } from "react";
import { preparePicture, toBase64 } from "#components/capture/prepare-picture.ts";
import { deviceClassOf } from "#components/sample/device-class.ts";
import type { SampleFaceChoice } from "#components/sample/sample-face-picker.tsx";
import { nextView, START } from "#components/sample/sample-machine.ts";
import type { Sent } from "#components/sample/types.ts";
import type { LegacyReason, Purpose } from "#lib/logins/schema.ts";
import { callEnrol, callOpen, callPassword, callTry } from "./call-sample.ts";

/** What a member can do, each ending in an event of the sample's machine. */
export function useMemberLogin(member: string) {
  const [view, dispatch] = useReducer(nextView, START);

  const open = async (purpose: Purpose) => {
    dispatch({ type: "sending" });
    const deviceClass = deviceClassOf(navigator.userAgent);
    dispatch({ type: "opened", purpose, answer: await callOpen({ customId: member, purpose, deviceClass }) });
  };
  const send = async (sent: Sent) => {
    if (view.sending) return;
    dispatch({ type: "sending" });
    if (view.step.at === "enrol") {
      const { replace } = view.step;
      const answer = await callEnrol({ customId: member, consent: true, replace, ...sent });
      dispatch({ type: "enrolled", answer });
    } else if (view.login !== null) {
      dispatch({ type: "tried", answer: await callTry({ loginId: view.login.id, ...sent }) });
    }
  };
  const checkPassword = async (password: string, reason: LegacyReason) => {
    dispatch({ type: "sending" });
    const answer = await callPassword({
      customId: member,
      password,
      reason,
      loginId: view.login?.id ?? null,
      purpose: view.purpose,
      deviceClass: deviceClassOf(navigator.userAgent),
    });
    dispatch({ type: "password_checked", answer });
  };
  /** A sample face takes the very way of a picture that a member picks from a file. */
  const sendSampleFace = async (face: SampleFaceChoice) => {
    const response = await fetch(`/sample/faces/${face}`);
    const prepared = await preparePicture(await response.blob(), "face", "file");
    if (prepared.ok) await send({ face: await toBase64(prepared.picture.image) });
  };
  return { view, dispatch, open, send, checkPassword, sendSampleFace };
}
