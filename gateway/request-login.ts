import type { FastifyRequest } from "fastify";
import { readLoginId } from "./parts/login-id.ts";
import { applicationOf } from "./plugins/authenticate.ts";
import { Problem } from "./problems.ts";

type LoginCall = Pick<FastifyRequest, "application"> & { params: { loginId: string } };

/** The login a call is about, and the application it belongs to. Throws `login_not_found` for anybody else's id. */
export function loginOf(request: LoginCall, key: Buffer): { loginId: string; applicationId: string } {
  const { applicationId } = applicationOf(request);
  const loginId = readLoginId(key, request.params.loginId, applicationId);
  if (loginId === null) throw new Problem("login_not_found");
  return { loginId, applicationId };
}
