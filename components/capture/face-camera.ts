import type { FaceDetectionResult } from "@biopassid/face-sdk/types";
import { askForCamera, hasEnded, stopStream, troubleOf } from "./camera-access.ts";
import { type FaceDetector, startFaceDetector } from "./detector/face-detector.ts";
import { judgeLook, UNGUIDED } from "./guidance.ts";
import { measurePixels } from "./measure-pixels.ts";
import type { CameraTrouble, FaceBox, Sight } from "./types.ts";
import { loadVendorCamera, NOTHING_FOUND } from "./vendor-camera.ts";

export type FaceCamera = {
  /** Takes the picture now, whatever the guidance says. */
  take(): void;
  /** Stops the camera and gives back the frame; safe at any moment and twice. */
  close(): void;
};

type Listener = {
  onOpen(): void;
  onSight(sight: Sight): void;
  onPicture(picture: Blob): void;
  onTrouble(trouble: CameraTrouble): void;
};

const notYet = () => {};

/** Enough pixels for a mean. */
const LIGHT_SIDE = 24;
const UNMEASURED_LIGHT = 128;

type CameraOptions = { isGuided: boolean };

/**
 * Opens the camera inside the frame with the vendor's camera, which is fetched only now, and guides the person to one
 * picture. It is taken by itself when the face has been right for a second and a half, or by `take()`; unguided by
 * `take()` alone.
 */
export function openFaceCamera(frame: HTMLElement, listener: Listener, options: CameraOptions): FaceCamera {
  const session = new CameraSession(frame, listener, options);
  void session.run();
  return session;
}

class CameraSession implements FaceCamera {
  // The SDK finds its video through the document and starts the camera even when nobody wants it any more: this
  // element outlives the frame until the camera runs and can be stopped.
  readonly #host = document.createElement("div");
  readonly #listener: Listener;
  readonly #isGuided: boolean;
  readonly #controller = {
    takePicture: () => Promise.resolve(null),
    confirmPicture: notYet,
    rejectPicture: notYet,
    cancel: notYet,
  };
  #state: "starting" | "open" | "taking" | "closed" = "starting";
  #running = false;
  #before: FaceBox | null = null;

  constructor(frame: HTMLElement, listener: Listener, { isGuided }: CameraOptions) {
    this.#listener = listener;
    this.#isGuided = isGuided;
    this.#host.style.height = "100%";
    frame.append(this.#host);
  }

  async run(): Promise<void> {
    try {
      const dataUri = await this.#runCamera();
      if (dataUri !== null && this.#state !== "closed") {
        this.#state = "closed";
        this.#listener.onPicture(blobOf(dataUri));
      }
    } catch (error) {
      this.#fail(troubleOf(error));
    } finally {
      this.#host.remove();
    }
  }

  take(): void {
    if (this.#state !== "open") return;
    this.#state = "taking";
    const taken: Promise<unknown> = this.#controller.takePicture();
    taken.then(
      () => this.#controller.confirmPicture(),
      (error: unknown) => this.#fail(troubleOf(error)),
    );
  }

  close(): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    if (this.#running) {
      this.#controller.cancel();
    } else {
      this.#host.hidden = true;
      document.body.append(this.#host);
    }
  }

  async #runCamera(): Promise<string | null> {
    // Asked for here because the SDK calls every trouble a refusal; held until the SDK has its own stream, so that
    // the person is asked once.
    const asked = await askForCamera();
    const starting = startFaceDetector().catch(() => null);
    try {
      const takePicture = await loadVendorCamera();
      if (this.#isClosed()) return null;
      return await takePicture(this.#host, this.#controller, async (video) => {
        stopStream(asked);
        if (!this.#running) this.#started(video);
        return this.#look(video, await starting);
      });
    } finally {
      stopStream(asked);
    }
  }

  async #look(video: HTMLVideoElement, detector: FaceDetector | null): Promise<FaceDetectionResult> {
    if (this.#state !== "open") return NOTHING_FOUND;
    if (hasEnded(video)) {
      this.#controller.cancel();
      this.#fail("missing");
      return NOTHING_FOUND;
    }
    if (detector === null || !this.#isGuided) {
      this.#listener.onSight(UNGUIDED);
      return NOTHING_FOUND;
    }
    const faces = await detector.find(video, 224);
    return this.#isClosed() ? NOTHING_FOUND : this.#judge(video, faces);
  }

  #started(video: HTMLVideoElement): void {
    this.#running = true;
    if (this.#isClosed()) {
      this.#controller.cancel();
      return;
    }
    this.#state = "open";
    // A picture of oneself is read like a mirror, and laptops do not say which way their camera faces.
    video.style.transform = "scaleX(-1)";
    this.#listener.onOpen();
  }

  #judge(video: HTMLVideoElement, faces: readonly FaceBox[]): FaceDetectionResult {
    const box = faces[0] ?? null;
    const lightLevel = measurePixels(video, box, LIGHT_SIDE)?.lightLevel ?? UNMEASURED_LIGHT;
    const sight = judgeLook({ faces: faces.length, box, lightLevel }, this.#before);
    this.#before = box;
    this.#listener.onSight(sight);
    if (sight.guidance !== "hold_still" || box === null) return NOTHING_FOUND;
    return { ...NOTHING_FOUND, detections: 1, rect: box };
  }

  #fail(trouble: CameraTrouble): void {
    if (this.#isClosed()) return;
    this.#state = "closed";
    this.#listener.onTrouble(trouble);
  }

  #isClosed(): boolean {
    return this.#state === "closed";
  }
}

function blobOf(dataUri: string): Blob {
  const text = atob(dataUri.slice(dataUri.indexOf(",") + 1));
  return new Blob([Uint8Array.from(text, (letter) => letter.charCodeAt(0))], { type: "image/jpeg" });
}
