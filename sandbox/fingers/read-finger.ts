import type { Picture } from "../images/picture.ts";
import type { Minutia } from "./compare-fingers.ts";

export async function readFinger(_picture: Picture): Promise<Minutia[] | null> {
  return null;
}
