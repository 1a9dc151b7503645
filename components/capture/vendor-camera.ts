import type { CameraController, FaceDetectionResult, Options } from "@biopassid/face-sdk/types";

const CAPTURE_AFTER_MS = 1500;
const BLANK = "\u00a0";

/** What the SDK is told while the face is not right: its clock towards the picture stands still. */
export const NOTHING_FOUND: FaceDetectionResult = {
  detections: 0,
  position: { x: 0, y: 0, z: 0 },
  dimensions: { width: 0, height: 0 },
  rect: { x: 0, y: 0, width: 0, height: 0 },
};

/** Frame, guidance and buttons are ours; the SDK brings camera and timing. */
const OPTIONS: Options = {
  formatImage: "image/jpeg",
  mask: { enabled: false },
  backButton: { enabled: false },
  switchButton: { enabled: false },
  confirmButton: { enabled: false },
  loading: { enabled: false },
  legend: { title: { content: BLANK } },
  cameraPresets: { aspectRatio: 4 / 3, preferredResolution: 720, facingMode: "user" },
  faceDetection: {
    autoCapture: true,
    timeToCapture: CAPTURE_AFTER_MS,
    timeToCaptureFeedbackColor: "transparent",
  },
};

const NO_WORDS = {
  noFacesDetected: BLANK,
  multipleFacesDetected: BLANK,
  moveFaceLeft: BLANK,
  moveFaceRight: BLANK,
  moveFaceUp: BLANK,
  moveFaceDown: BLANK,
  moveFaceForward: BLANK,
  moveFaceBack: BLANK,
  moveFaceCloser: BLANK,
  keepStill: BLANK,
  loadingModels: BLANK,
};

export type Detect = (video: HTMLVideoElement) => Promise<FaceDetectionResult>;

/** Runs the camera inside the element until a picture is taken; `look` answers each look at the frame. */
export type TakeVendorPicture = (
  element: HTMLElement,
  controller: CameraController,
  look: Detect,
) => Promise<string | null>;

/** The vendor's camera, fetched on first use and without the detector that comes with it. */
export async function loadVendorCamera(): Promise<TakeVendorPicture> {
  const { default: camera } = await import("@biopassid/face-sdk/camera");
  return async (element, controller, look) => {
    const picture = await camera().takePicture({
      element,
      controller,
      options: OPTIONS,
      i18n: NO_WORDS,
      faceDetectionAdapter: look,
    });
    return picture?.base64 ?? null;
  };
}
