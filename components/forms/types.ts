import type { ActionResult } from "#lib/errors.ts";

/** A server action that takes a form, made by the app and handed down. */
export type Act<Data = object> = (form: FormData) => Promise<ActionResult<Data>>;

/** Per field of a form, what is wrong with it, as codes. */
export type FieldErrors = Record<string, string[]>;
