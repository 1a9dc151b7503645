import { hash, verify } from "@node-rs/argon2";

// OWASP's first recommendation for argon2id: 19 MiB, 2 passes, 1 lane. Algorithm 2 is argon2id; the package exports it
// as a const enum, which isolated modules cannot read.
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** An argon2id hash in PHC form. */
export const hashPassword = (password: string): Promise<string> => hash(password, COST);

let standIn: Promise<string> | undefined;

/**
 * Whether the password belongs to the hash. Without a hash (no such account) it does the same work against a stand-in
 * and answers no, so that the time taken does not tell whether an account exists.
 */
export async function isPasswordOf(passwordHash: string | null, password: string): Promise<boolean> {
  standIn ??= hashPassword("no account has this password");
  const matches = await verify(passwordHash ?? (await standIn), password);
  return passwordHash !== null && matches;
}
