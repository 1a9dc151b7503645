import "server-only";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { SingleSignOn } from "./types.ts";

/** The provider's name in our addresses: `/api/auth/callback/oidc` is what it sends browsers back to. */
export const SIGN_ON_PROVIDER = "oidc";

type RawClaims = { iss: string; sub: string };

/**
 * The installation's OpenID Connect provider for next-auth: code flow with PKCE, state and nonce. What its ID token
 * does not say is asked of its user info, which must be about the same person.
 */
export function signOnProvider({
  issuer,
  clientId,
  clientSecret,
  name,
}: SingleSignOn): OAuthConfig<RawClaims> {
  return {
    id: SIGN_ON_PROVIDER,
    name,
    type: "oauth",
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile" } },
    userinfo: {
      request: async ({ client, tokens }) => {
        const { id_token: idToken } = tokens;
        if (idToken === undefined) throw new Error("The provider sent no ID token.");
        // next-auth has checked its signature, issuer, audience, nonce and times.
        const claims: RawClaims = JSON.parse(
          Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString("utf8"),
        );
        const hasUserInfo = client.issuer.metadata.userinfo_endpoint !== undefined;
        if (!hasUserInfo || tokens.access_token === undefined) return claims;
        const more = await client.userinfo(tokens.access_token);
        if (more.sub !== claims.sub) throw new Error("The provider's user info is about somebody else.");
        return { ...more, ...claims };
      },
    },
    profile: ({ sub }) => ({ id: sub, sessionId: "" }),
  };
}
