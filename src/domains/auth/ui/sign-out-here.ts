/** Ends this browser's session and leaves for the sign-in page by a whole page load: nothing stays in memory. */
export async function signOutHere(): Promise<void> {
  const { signOut } = await import("next-auth/react");
  await signOut({ redirect: false });
  window.location.assign("/login?signedOut=1");
}
