import type { CameraTrouble } from "./types.ts";

const TROUBLES: Record<string, CameraTrouble> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
  TypeError: "unsupported",
};

/**
 * Asks the person for the camera.
 * @throws what the browser says; `troubleOf` reads it. A page without HTTPS has no camera to ask for.
 */
export async function askForCamera(): Promise<MediaStream> {
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) throw new TypeError("This page cannot ask for a camera.");
  return devices.getUserMedia({ audio: false, video: { facingMode: "user" } });
}

/** What an error of the browser's camera means to the person. */
export const troubleOf = (error: unknown): CameraTrouble =>
  (error instanceof Error ? TROUBLES[error.name] : undefined) ?? "failed";

export function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** True when the camera was pulled out or taken away while it ran. */
export const hasEnded = (video: HTMLVideoElement): boolean =>
  video.srcObject instanceof MediaStream &&
  video.srcObject.getVideoTracks().every((track) => track.readyState === "ended");
