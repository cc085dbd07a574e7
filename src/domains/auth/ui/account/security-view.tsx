"use client";

import { PasskeysCard } from "./passkeys-card";
import { PasswordCard } from "./password-card";
import { TotpCard } from "./totp-card";

/** How one signs in. */
export function SecurityView({ isPasswordChanged }: { isPasswordChanged: boolean }) {
  return (
    <>
      <TotpCard />
      <PasskeysCard />
      <PasswordCard isChanged={isPasswordChanged} />
    </>
  );
}
