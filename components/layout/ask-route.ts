/**
 * Asks one of our own routes on behalf of a page that looks again and again: what it answers, or null where that could
 * not be heard now. Once the caller may no longer know, `stop` is called: nothing said later would be answered.
 */
export async function askRoute<Answer>(
  path: string,
  signal: AbortSignal,
  stop: () => void,
): Promise<Answer | null> {
  try {
    const response = await fetch(path, { signal });
    if (response.status === 401 || response.status === 403) stop();
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
