/** What `within` throws. */
export class TooLate extends Error {
  override readonly name = "TooLate";
}

/**
 * Resolves as the work does, if that is soon enough. The work itself goes on.
 * @throws TooLate when it takes longer.
 */
export async function within<T>(budgetMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(`Not within ${budgetMs} ms`)), budgetMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
