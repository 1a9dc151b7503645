import type { FoundFace } from "./find-faces.ts";
import type { FromDetector, ToDetector } from "./messages.ts";

/** Finds the faces of a picture or of what the camera shows now, the largest first. */
export type FaceDetector = { find(source: Source, side: LookSide): Promise<FoundFace[]> };

type Source = HTMLVideoElement | ImageBitmap | HTMLCanvasElement;
/** Longest side in pixels that is looked at: a face near the camera needs few, a picture from a file has time. */
export type LookSide = 224 | 320;

const WEIGHTS_PATH = "/models/tiny_face_detector_model";
/** The usual 0.5 misses faces in coloured light. */
const MIN_SCORE = 0.3;

let starting: Promise<FaceDetector> | null = null;

/**
 * The detector of this page, started on first use in a thread of its own.
 * @throws when its weights cannot be fetched; the next call tries again.
 */
export function startFaceDetector(): Promise<FaceDetector> {
  starting ??= start().catch((error: unknown) => {
    starting = null;
    throw error;
  });
  return starting;
}

async function start(): Promise<FaceDetector> {
  const worker = new Worker(new URL("./detector-worker.ts", import.meta.url), { type: "module" });
  const looks = new Map<number, (faces: FoundFace[]) => void>();
  const isReady = await new Promise<boolean>((done) => {
    worker.onerror = () => done(false);
    worker.onmessage = ({ data }: MessageEvent<FromDetector>) => {
      if ("ready" in data) return done(data.ready);
      looks.get(data.look)?.(data.faces);
      looks.delete(data.look);
    };
    post(worker, { weightsAt: new URL(WEIGHTS_PATH, location.href).href });
  });
  if (!isReady) {
    worker.terminate();
    throw new Error("The face detector did not start.");
  }
  let count = 0;
  return {
    find: (source, side) =>
      new Promise((done) => {
        const square = squareOf(source, side);
        if (square === null) return done([]);
        const look = ++count;
        looks.set(look, done);
        post(worker, { look, square, minScore: MIN_SCORE }, [square.rgba.buffer]);
      }),
  };
}

const post = (worker: Worker, message: ToDetector, moved: Transferable[] = []): void =>
  worker.postMessage(message, moved);

const canvases = new Map<LookSide, CanvasRenderingContext2D | null>();

function squareOf(source: Source, side: LookSide) {
  const [fullWidth, fullHeight] =
    source instanceof HTMLVideoElement
      ? [source.videoWidth, source.videoHeight]
      : [source.width, source.height];
  const pen = canvases.get(side) ?? penOf(side);
  canvases.set(side, pen);
  if (pen === null || fullWidth === 0) return null;
  const scale = side / Math.max(fullWidth, fullHeight);
  const [width, height] = [Math.round(fullWidth * scale), Math.round(fullHeight * scale)];
  pen.fillRect(0, 0, side, side);
  pen.drawImage(source, 0, 0, width, height);
  return { side, width, height, rgba: pen.getImageData(0, 0, side, side).data };
}

function penOf(side: LookSide): CanvasRenderingContext2D | null {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  return canvas.getContext("2d", { willReadFrequently: true });
}
