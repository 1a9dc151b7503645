import type { CameraController, FaceDetectionResult, Options } from "@biopassid/face-sdk/types";

const MODELS_ADDRESS = "/models";
const CAPTURE_AFTER_MS = 1500;
/** The detector's own default of 0.5 misses faces in coloured light. */
const DETECTION_SCORE = 0.3;
const BLANK = "\u00a0";

/** What the SDK is told while the face is not right: its clock towards the picture stands still. */
export const NOTHING_FOUND: FaceDetectionResult = {
  detections: 0,
  position: { x: 0, y: 0, z: 0 },
  dimensions: { width: 0, height: 0 },
  rect: { x: 0, y: 0, width: 0, height: 0 },
};

/** Frame, guidance and buttons are ours; the SDK brings camera, detector and timing. */
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
    scoreThreshold: DETECTION_SCORE,
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

/** The vendor's SDK, fetched on first use. `detect` is null when its detector could not be fetched. */
export type VendorSdk = {
  detect: Detect | null;
  /** Runs the camera inside the element until a picture is taken; `look` answers each look at the frame. */
  takePicture(element: HTMLElement, controller: CameraController, look: Detect): Promise<string | null>;
};

let loading: Promise<VendorSdk> | null = null;

/** Fetches SDK and detector once per page; a detector that could not be fetched is asked for again the next time. */
export function loadVendorSdk(): Promise<VendorSdk> {
  loading ??= fetchVendorSdk().then(
    (sdk) => {
      if (sdk.detect === null) loading = null;
      return sdk;
    },
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

async function fetchVendorSdk(): Promise<VendorSdk> {
  const sdk = await import("@biopassid/face-sdk");
  const detect: Detect = (video) => sdk.faceDetectionAdapter(video, DETECTION_SCORE);
  return {
    detect: await sdk.loadFaceDetectorModels(MODELS_ADDRESS).then(
      () => detect,
      () => null,
    ),
    takePicture: async (element, controller, look) => {
      const picture = await sdk.camera().takePicture({
        element,
        controller,
        options: OPTIONS,
        i18n: NO_WORDS,
        faceDetectionAdapter: look,
      });
      return picture?.base64 ?? null;
    },
  };
}
