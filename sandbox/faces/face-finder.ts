import { createHash } from "node:crypto";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import sharp from "sharp";
import type { Picture } from "../images/picture.ts";
import type { FaceAnswer, FaceQuestion, FoundFace } from "./found-face.ts";

/** The detector looks at 512 pixels whatever it is given; a little more keeps the descriptor's detail. */
const detectionSidePx = 640;

/** Only where the faces are is remembered, by a hash of the picture, not the picture. */
const rememberedPictures = 32;

export type FaceFinder = {
  /** Finds the faces of a picture, largest first, in its own pixels. Throws when the model fails. */
  find(picture: Picture): Promise<FoundFace[]>;
  close(): Promise<void>;
};

type Waiting = { resolve(faces: FoundFace[]): void; reject(error: Error): void };

/** Starts the face model in a thread of its own and resolves when its weights are loaded. */
export async function startFaceFinder(): Promise<FaceFinder> {
  const worker = new Worker(new URL("./face-thread.mjs", import.meta.url));
  const waiting = new Map<number, Waiting>();
  const recent = new Map<string, Promise<FoundFace[]>>();
  let lastId = 0;
  const failAll = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  await once(worker, "message");
  worker.on("message", (answer: FaceAnswer) => settle(waiting, answer));
  worker.on("error", failAll);
  worker.on("exit", () => failAll(new Error("The face model's thread has ended.")));
  const ask = (small: SmallPicture) => {
    const id = ++lastId;
    return new Promise<FoundFace[]>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, ...small } satisfies FaceQuestion, [small.rgb.buffer as ArrayBuffer]);
    });
  };
  return {
    async find(picture) {
      const small = await shrink(picture);
      const key = createHash("sha256").update(small.rgb).digest("hex");
      const found = recent.get(key) ?? ask(small);
      remember(recent, key, found);
      return (await found).map((face) => enlarge(face, picture.width / small.width));
    },
    async close() {
      await worker.terminate();
    },
  };
}

function settle(waiting: Map<number, Waiting>, answer: FaceAnswer): void {
  if (answer.kind === "ready") return;
  const asked = waiting.get(answer.id);
  waiting.delete(answer.id);
  if (answer.kind === "faces") asked?.resolve(answer.faces);
  else asked?.reject(new Error(`The face model failed: ${answer.reason}`));
}

type SmallPicture = Pick<FaceQuestion, "width" | "height" | "rgb">;

async function shrink(picture: Picture): Promise<SmallPicture> {
  const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
  const { data, info } = await sharp(picture.rgb, { raw })
    .resize({ width: detectionSidePx, height: detectionSidePx, fit: "inside", withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  // A copy: the buffer is handed to the thread, and the library may keep small ones in a shared pool.
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}

function enlarge(face: FoundFace, scale: number): FoundFace {
  const { x, y, width, height } = face.box;
  return {
    ...face,
    box: { x: x * scale, y: y * scale, width: width * scale, height: height * scale },
    landmarks: face.landmarks.map((point) => ({ x: point.x * scale, y: point.y * scale })),
  };
}

/** A login asks about one picture several times (liveness, quality, verify); the model looks at it once. */
function remember(recent: Map<string, Promise<FoundFace[]>>, key: string, found: Promise<FoundFace[]>): void {
  recent.delete(key);
  recent.set(key, found);
  found.catch(() => recent.delete(key));
  const [oldest] = recent.keys();
  if (recent.size > rememberedPictures && oldest !== undefined) recent.delete(oldest);
}
