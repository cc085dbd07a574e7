/** What strangers try over and over. `password` and `code` are given again by somebody who is signed in, or is about to be. */
export const attemptKinds = ["signIn", "password", "code", "register", "reset"] as const;
export type AttemptKind = (typeof attemptKinds)[number];

export interface AttemptRule {
  /** `address`: all that comes from there. `both`: what comes from there for one account. Never an account alone: that would lock its owner out. */
  by: "address" | "both";
  points: number;
  windowSeconds: number;
}

const minute = 60;
const hour = 3600;

/**
 * The limits of each kind of attempt, those by address first. Everything follows from LOGIN_RATE_LIMIT_PER_MINUTE: so many a
 * minute, six times as many an hour from one address, three times as many an hour for one account from one address; half as
 * many registrations an hour from one address.
 */
export function attemptRules(perMinute: number): Readonly<Record<AttemptKind, readonly AttemptRule[]>> {
  const guessing: AttemptRule[] = [
    { by: "address", points: perMinute, windowSeconds: minute },
    { by: "address", points: 6 * perMinute, windowSeconds: hour },
    { by: "both", points: perMinute, windowSeconds: minute },
    { by: "both", points: 3 * perMinute, windowSeconds: hour },
  ];
  const asking: AttemptRule[] = [
    { by: "address", points: perMinute, windowSeconds: minute },
    { by: "address", points: 3 * perMinute, windowSeconds: hour },
  ];
  const registering: AttemptRule[] = [{ by: "address", points: Math.ceil(perMinute / 2), windowSeconds: hour }];
  return { signIn: guessing, password: guessing, code: guessing, register: registering, reset: asking };
}
