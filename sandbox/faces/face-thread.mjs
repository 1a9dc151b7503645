// A thread does not take over the TypeScript loader of its host, and a test runner has a loader of its own: the
// thread therefore starts in plain JavaScript and brings the loader itself.
import { register } from "tsx/esm/api";

register();
await import("./face-worker.ts");
