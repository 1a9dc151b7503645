import { z } from "zod";
import { CONSOLE_LIMITS } from "./types.ts";

/** What the console's form sends. */
export const importFormSchema = z.object({
  file: z.instanceof(File).refine(({ size }) => size <= CONSOLE_LIMITS.maxBytes),
  withErased: z.enum(["on"]).optional(),
});
