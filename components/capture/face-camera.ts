import type { FaceDetectionResult } from "@biopassid/face-sdk/types";
import { askForCamera, hasEnded, stopStream, troubleOf } from "./camera-access.ts";
import { judgeLook, UNGUIDED } from "./guidance.ts";
import { measureLight } from "./measure-light.ts";
import type { CameraTrouble, CapturedImage, FaceBox, Sight } from "./types.ts";
import { type Detect, loadVendorSdk, NOTHING_FOUND } from "./vendor-sdk.ts";

export type FaceCamera = {
  /** Takes the picture now, whatever the guidance says. */
  take(): void;
  /** Stops the camera and gives back the frame; safe at any moment and twice. */
  close(): void;
};

type Listener = {
  onOpen(): void;
  onSight(sight: Sight): void;
  onPicture(image: CapturedImage): void;
  onTrouble(trouble: CameraTrouble): void;
};

const notYet = () => {};

/**
 * Opens the camera inside the frame with the vendor's SDK, which is fetched only now, and guides the person to one
 * picture. It is taken by itself when the face has been right for a second and a half, or by `take()`.
 */
export function openFaceCamera(frame: HTMLElement, listener: Listener): FaceCamera {
  const session = new CameraSession(frame, listener);
  void session.run();
  return session;
}

class CameraSession implements FaceCamera {
  // The SDK finds its video through the document and starts the camera even when nobody wants it any more: this
  // element outlives the frame until the camera runs and can be stopped.
  readonly #host = document.createElement("div");
  readonly #listener: Listener;
  readonly #controller = {
    takePicture: () => Promise.resolve(null),
    confirmPicture: notYet,
    rejectPicture: notYet,
    cancel: notYet,
  };
  #state: "starting" | "open" | "taking" | "closed" = "starting";
  #running = false;
  #before: FaceBox | null = null;

  constructor(frame: HTMLElement, listener: Listener) {
    this.#listener = listener;
    this.#host.style.height = "100%";
    frame.append(this.#host);
  }

  async run(): Promise<void> {
    try {
      const dataUri = await this.#runCamera();
      if (dataUri !== null && this.#state !== "closed") {
        this.#state = "closed";
        this.#listener.onPicture({
          base64: dataUri.slice(dataUri.indexOf(",") + 1),
          type: "image/jpeg",
        });
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
    try {
      const sdk = await loadVendorSdk();
      if (this.#isClosed()) return null;
      return await sdk.takePicture(this.#host, this.#controller, (video) => {
        stopStream(asked);
        return this.#look(video, sdk.detect);
      });
    } finally {
      stopStream(asked);
    }
  }

  async #look(video: HTMLVideoElement, detect: Detect | null): Promise<FaceDetectionResult> {
    if (!this.#running) this.#started(video);
    if (this.#state !== "open") return NOTHING_FOUND;
    if (hasEnded(video)) {
      this.#controller.cancel();
      this.#fail("missing");
      return NOTHING_FOUND;
    }
    if (detect === null) {
      this.#listener.onSight(UNGUIDED);
      return NOTHING_FOUND;
    }
    const found = await detect(video).catch(() => NOTHING_FOUND);
    return this.#isClosed() ? NOTHING_FOUND : this.#judge(video, found);
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

  #judge(video: HTMLVideoElement, found: FaceDetectionResult): FaceDetectionResult {
    const { x, y, width, height } = found.rect;
    const box = found.detections > 0 ? { x, y, width, height } : null;
    const look = { faces: found.detections, box, lightLevel: measureLight(video, box) };
    const sight = judgeLook(look, this.#before);
    this.#before = box;
    this.#listener.onSight(sight);
    if (sight.guidance !== "hold_still") return NOTHING_FOUND;
    return { ...NOTHING_FOUND, detections: 1, rect: { x, y, width, height } };
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
