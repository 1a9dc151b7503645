"use client";

import "./live-tail.css";
import { Pause, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Status, type StatusKind } from "#components/ui/status.tsx";
import { useLiveTail } from "./live-tail.tsx";
import { isOn, type Line, type TailState } from "./tail-state.ts";

/** What is said aloud is said at most this often: counts, never rows. */
const SAY_EVERY_MS = 15_000;

/** How the live list stands, what came, and what waits; nothing where it was never turned on. */
export function LiveStatus() {
  const t = useTranslations("liveTail");
  const { state, tell } = useLiveTail();
  const { line, isPaused, isHeld, waitingCount, came, notShown } = state;
  const text = t(`state.${wordOf(state)}`, { came, notShown, waiting: waitingCount });
  if (line === "off") return null;
  return (
    <div className="live-status">
      <span aria-hidden="true">
        <Status kind={KINDS[wordOf(state)]}>{text}</Status>
      </span>
      <Said text={text} />
      {isOn(state) ? (
        <span className="end acts">
          {isHeld && !isPaused && waitingCount > 0 ? (
            <Button small onClick={() => tell({ type: "show" })}>
              {t("show")}
            </Button>
          ) : null}
          <Button
            small
            icon={isPaused ? Play : Pause}
            onClick={() => tell({ type: "pause", isPaused: !isPaused })}
          >
            {t(isPaused ? "resume" : "pause")}
          </Button>
        </span>
      ) : null}
    </div>
  );
}

/** What is to be said of it: how the line stands, and while it is open whether the rows may move. */
function wordOf({ line, isPaused, isHeld, waitingCount }: TailState): Word {
  if (line !== "open" && line !== "off") return line;
  if (isPaused) return "paused";
  return isHeld && waitingCount > 0 ? "held" : "open";
}

type Word = Exclude<Line, "off"> | "paused" | "held";

const KINDS: Record<Word, StatusKind> = {
  ...{ open: "ok", paused: "wait", held: "wait", opening: "none", resting: "none" },
  ...{ away: "due", cut: "due", full: "fail", session: "fail", right: "fail" },
};

/** The same text for a screen reader, politely and seldom: while much comes in nobody could listen to anything else. */
function Said({ text }: { text: string }) {
  const [said, setSaid] = useState(text);
  const saidAt = useRef(0);
  useEffect(() => {
    const say = () => {
      saidAt.current = Date.now();
      setSaid(text);
    };
    const timer = setTimeout(say, Math.max(0, saidAt.current + SAY_EVERY_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span role="status" className="vh">
      {said}
    </span>
  );
}
