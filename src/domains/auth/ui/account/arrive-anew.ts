import { holdSignIn } from "@/trpc/hold-sign-in";
import { signInWithPassword } from "../sign-in-with-password";

/**
 * Changes the password by `change`, which ends this session, and signs in with the new one. Leaves the page either way: to the
 * account again, or to sign-in where the password alone does not open it. Rejects with what `change` rejected with.
 */
export async function arriveAnew(
  change: () => Promise<unknown>,
  credentials: { username: string; password: string },
): Promise<void> {
  // The event stream of this page hears of the end as well, and must not leave before the new session stands.
  const release = holdSignIn();
  try {
    await change();
  } catch (error) {
    release();
    throw error;
  }
  const { kind } = await signInWithPassword(credentials);
  window.location.assign(kind === "ok" ? "/account/security?changed=1" : "/login?changed=1");
}
