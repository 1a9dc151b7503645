import type { Clock } from "#lib/clock.ts";
import type { OpenLogin, OpenLogins } from "#lib/logins/types.ts";

const MOST = 20_000;

/**
 * Remembers the logins this gateway opened, at most 20,000 and for as long as they may stay open. The oldest go first;
 * a forgotten one still goes on from the database.
 */
export function createOpenLogins(options: {
  clock: Clock;
  openMinutes(): number;
  most?: number;
}): OpenLogins {
  const { clock, openMinutes, most = MOST } = options;
  const logins = new Map<string, OpenLogin>();
  const isOver = (login: OpenLogin) =>
    clock().getTime() - login.opened.openedAt.getTime() > openMinutes() * 60_000;

  /** A map keeps the order of opening, so whatever is over stands at its beginning. */
  function forgetOld(): void {
    for (const [id, login] of logins) {
      if (logins.size <= most && !isOver(login)) return;
      logins.delete(id);
    }
  }

  return {
    remember(login) {
      logins.set(login.opened.id, login);
      forgetOld();
    },
    recall(id) {
      const login = logins.get(id);
      return login === undefined || isOver(login) ? null : login;
    },
  };
}
