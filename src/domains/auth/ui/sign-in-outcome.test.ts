import { expect, it } from "vitest";
import { signInFailure } from "@/app/sign-in-failure";
import { AppError } from "@/server/errors";
import { outcomeOf } from "./sign-in-outcome";

/** As it travels: thrown by the verb, told by next-auth as the error's message, read by the page. */
const outcomeFor = (thrown: unknown) => outcomeOf(signInFailure(thrown).message);

it("tells the page what came after the right password, how long to wait, and nothing of other failures", () => {
  expect(outcomeOf("CredentialsSignin")).toEqual({ kind: "wrong" });
  expect(outcomeFor(new AppError("TOTP_REQUIRED", ""))).toEqual({ kind: "codeRequired" });
  expect(outcomeFor(new AppError("TOTP_INVALID", ""))).toEqual({ kind: "codeWrong" });
  expect(outcomeFor(new AppError("PASSKEY_REQUIRED", ""))).toEqual({ kind: "passkeyRequired" });
  const limited = new AppError("RATE_LIMITED", "", { retryAfterSeconds: 41.2 });
  expect(outcomeFor(limited)).toEqual({ kind: "limited", seconds: 42 });
  for (const other of [new Error("secret"), new AppError("DATABASE_UNAVAILABLE", "secret"), null, "TOTP_REQUIRED"])
    expect(outcomeFor(other)).toEqual({ kind: "unavailable" });
  for (const odd of ["", "constructor", "__proto__", "RATE_LIMITED:", "RATE_LIMITED:x"])
    expect(outcomeOf(odd)).toEqual({ kind: "unavailable" });
});
