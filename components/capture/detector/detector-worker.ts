import { findFaces } from "./find-faces.ts";
import type { FromDetector, ToDetector } from "./messages.ts";
import { type FaceWeights, readWeights, type WeightsManifest } from "./read-weights.ts";

// A thread of its own: a tenth of a second of arithmetic for each look must not stop the page under the hand.
const scope = self as unknown as {
  onmessage: ((event: MessageEvent<ToDetector>) => void) | null;
  postMessage(message: FromDetector): void;
};
let weights: FaceWeights | null = null;

scope.onmessage = ({ data }) => {
  if ("weightsAt" in data) {
    fetchWeights(data.weightsAt).then(
      (fetched) => {
        weights = fetched;
        scope.postMessage({ ready: true });
      },
      () => scope.postMessage({ ready: false }),
    );
  } else if (weights !== null) {
    scope.postMessage({ look: data.look, faces: findFaces(weights, data.square, data.minScore) });
  }
};

async function fetchWeights(at: string): Promise<FaceWeights> {
  const [manifest, bytes] = await Promise.all([
    answerOf(`${at}-weights_manifest.json`).then((answer) => answer.json() as Promise<WeightsManifest>),
    answerOf(`${at}.bin`).then((answer) => answer.arrayBuffer()),
  ]);
  return readWeights(manifest, new Uint8Array(bytes));
}

async function answerOf(address: string): Promise<Response> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The detector's weights answered ${answer.status}.`);
  return answer;
}
