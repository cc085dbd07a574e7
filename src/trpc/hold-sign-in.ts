let holders = 0;

/**
 * Until the returned function is called, a refusal because nobody is signed in does not lead to sign-in: the page itself has ended
 * the session and is opening another.
 */
export function holdSignIn(): () => void {
  holders++;
  return () => {
    holders--;
  };
}

export function isSignInHeld(): boolean {
  return holders > 0;
}
