import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { type FaceCamera, openFaceCamera } from "./face-camera.ts";
import { LOOKING, STARTING } from "./guidance.ts";
import type { CameraTrouble, Guidance, Sight } from "./types.ts";

/** A sentence stays long enough to be read, and a screen reader is not flooded. */
const SETTLE_MS = 600;

type Options = {
  onPicture(picture: Blob): void;
  onTrouble: ((trouble: CameraTrouble) => void) | undefined;
  onGuidance: ((guidance: Guidance) => void) | undefined;
  /** Whether the face is judged, and the picture taken by itself. It does not change while the view is mounted. */
  isGuided: boolean;
};

type FaceCameraInView = {
  pictureRef: RefObject<HTMLDivElement | null>;
  sight: Sight;
  open: boolean;
  trouble: CameraTrouble | null;
  take(): void;
  close(): void;
  retry(): void;
};

/** Holds the camera open while its view is mounted, and stops it the moment it is not. */
export function useFaceCamera({ onPicture, onTrouble, onGuidance, isGuided }: Options): FaceCameraInView {
  const pictureRef = useRef<HTMLDivElement>(null);
  const camera = useRef<FaceCamera | null>(null);
  const shownAtMs = useRef(0);
  const [sight, setSight] = useState<Sight>(STARTING);
  const [open, setOpen] = useState(false);
  const [trouble, setTrouble] = useState<CameraTrouble | null>(null);
  const [attempt, setAttempt] = useState(0);

  const captured = useEffectEvent(onPicture);
  const troubled = useEffectEvent((found: CameraTrouble) => {
    setTrouble(found);
    onTrouble?.(found);
  });
  const seen = useEffectEvent((next: Sight) => {
    setSight((shown) => {
      const nowMs = performance.now();
      if (next.guidance !== shown.guidance && nowMs - shownAtMs.current < SETTLE_MS) return shown;
      if (next.guidance !== shown.guidance) shownAtMs.current = nowMs;
      return next;
    });
  });

  const told = useEffectEvent((guidance: Guidance) => onGuidance?.(guidance));
  useEffect(() => told(sight.guidance), [sight.guidance]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt opens the camera anew
  useEffect(() => {
    const frame = pictureRef.current;
    if (frame === null) return;
    const opened = openFaceCamera(
      frame,
      {
        onOpen: () => {
          setOpen(true);
          setSight(LOOKING);
        },
        onSight: (next) => seen(next),
        onPicture: (picture) => captured(picture),
        onTrouble: (found) => troubled(found),
      },
      { isGuided },
    );
    camera.current = opened;
    return () => {
      opened.close();
      setOpen(false);
    };
  }, [attempt, isGuided]);

  return {
    pictureRef,
    sight,
    open,
    trouble,
    take: () => camera.current?.take(),
    close: () => camera.current?.close(),
    retry: () => {
      setSight(STARTING);
      setTrouble(null);
      setAttempt((count) => count + 1);
    },
  };
}
