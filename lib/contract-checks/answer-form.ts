import type { AnswerForm } from "./types.ts";

type Content = { form: AnswerForm; message: string | null };

/** How a body wraps its message, by the forms that are known. */
export const formOf = (body: string): AnswerForm => contentOf(body).form;

/** The message of a body that is one; null for an answer with content. */
export const messageIn = (body: string): string | null => contentOf(body).message;

/** The names in a JSON answer, or in one object of it; none where it is no such answer. */
export function namesIn(body: string, inside?: string): string[] {
  const json = parsed(textOf(body));
  const found = inside === undefined ? json : (json as Record<string, unknown> | null | undefined)?.[inside];
  return typeof found === "object" && found !== null ? Object.keys(found) : [];
}

const textOf = (body: string): string => body.replace(/^\uFEFF/, "").trim();

function contentOf(body: string): Content {
  const text = textOf(body);
  if (text === "") return { form: "empty", message: null };
  const json = parsed(text);
  if (json === undefined) return { form: "text", message: text };
  if (typeof json === "string") return { form: "json_text", message: json };
  if (typeof json !== "object" || json === null) return { form: "other_json", message: null };
  const { statusCode, message, Message, result } = json as Record<string, unknown>;
  if (statusCode !== undefined && typeof message === "string") return { form: "gateway", message };
  if (typeof Message === "string") return { form: "success_message", message: Message };
  if (typeof result === "string") return { form: "result", message: result };
  return { form: "other_json", message: null };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
