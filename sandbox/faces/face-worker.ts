import { parentPort } from "node:worker_threads";
import type { FaceAnswer, FaceQuestion, FoundFace } from "./found-face.ts";
import { type FaceModel, loadModel } from "./load-model.ts";

/** Finds at least this certain are faces. */
const sureCertainty = 0.5;
/** A dark or soft picture may give one face this certain; beside a sure one such a find is a pattern. */
const weakCertainty = 0.3;
const maxFaces = 20;

async function findFaces(model: FaceModel, question: FaceQuestion): Promise<FoundFace[]> {
  const { tf, faceapi } = model;
  const input = tf.tensor3d(question.rgb, [question.height, question.width, 3], "int32");
  try {
    const options = new faceapi.SsdMobilenetv1Options({ minConfidence: weakCertainty, maxResults: maxFaces });
    // The model's types name its own bundled tensor; it is the same one.
    const picture = input as unknown as Parameters<typeof faceapi.detectAllFaces>[0];
    const found = await faceapi.detectAllFaces(picture, options).withFaceLandmarks();
    const sure = found.filter((face) => face.detection.score >= sureCertainty);
    const best = found.sort((a, b) => b.detection.score - a.detection.score).slice(0, 1);
    const seen = sure.length > 0 ? sure : best;
    seen.sort((a, b) => b.detection.box.height - a.detection.box.height);
    const [largest] = seen;
    const descriptor = largest === undefined ? null : await describeFace(model, input, largest.alignedRect);
    return seen.map((face, place) => ({ ...outline(face), descriptor: place === 0 ? descriptor : null }));
  } finally {
    input.dispose();
  }
}

type Input = Parameters<FaceModel["faceapi"]["nets"]["faceRecognitionNet"]["computeFaceDescriptor"]>[0];
type Detection = InstanceType<FaceModel["faceapi"]["FaceDetection"]>;

async function describeFace(
  { tf, faceapi }: FaceModel,
  input: unknown,
  aligned: Detection,
): Promise<Float32Array> {
  const cut = await faceapi.extractFaceTensors(input as Parameters<typeof faceapi.extractFaceTensors>[0], [
    aligned,
  ]);
  try {
    const [face] = cut;
    if (face === undefined) throw new Error("The face could not be cut out of its picture.");
    const descriptor = await faceapi.nets.faceRecognitionNet.computeFaceDescriptor(face as Input);
    return Array.isArray(descriptor) ? new Float32Array() : descriptor;
  } finally {
    tf.dispose(cut as unknown as Parameters<typeof tf.dispose>[0]);
  }
}

type ModelFace = {
  detection: { score: number; box: { x: number; y: number; width: number; height: number } };
  landmarks: { positions: { x: number; y: number }[] };
};

function outline(face: ModelFace): Omit<FoundFace, "descriptor"> {
  const { x, y, width, height } = face.detection.box;
  return {
    box: { x, y, width, height },
    certainty: face.detection.score,
    landmarks: face.landmarks.positions.map((point) => ({ x: point.x, y: point.y })),
  };
}

/** The first run of each net is several times slower than the next; better now than on someone's login. */
async function warmUp(model: FaceModel): Promise<void> {
  const side = 150;
  const rgb = new Uint8Array(side * side * 3);
  await findFaces(model, { id: 0, width: side, height: side, rgb });
  const input = model.tf.tensor3d(rgb, [side, side, 3], "int32");
  await model.faceapi.nets.faceLandmark68Net.detectLandmarks(input as unknown as Input);
  await model.faceapi.nets.faceRecognitionNet.computeFaceDescriptor(input as unknown as Input);
  input.dispose();
}

if (parentPort === null) throw new Error("The face worker runs in a thread of the sandbox, not by itself.");
const port = parentPort;
const model = await loadModel();
await warmUp(model);

// One picture at a time: the WebAssembly memory is shared, and the thread has one processor anyway.
let line: Promise<void> = Promise.resolve();
port.on("message", (question: FaceQuestion) => {
  line = line.then(async () => {
    const answer: FaceAnswer = await findFaces(model, question).then(
      (faces) => ({ kind: "faces", id: question.id, faces }) as const,
      (error: unknown) => ({ kind: "failed", id: question.id, reason: String(error) }) as const,
    );
    port.postMessage(answer);
  });
});
port.postMessage({ kind: "ready" } satisfies FaceAnswer);
