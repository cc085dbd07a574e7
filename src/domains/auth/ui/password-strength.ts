export const passwordStrengths = ["short", "weak", "fair", "good", "strong"] as const;
export type PasswordStrength = (typeof passwordStrengths)[number];

/**
 * A rough word about a password while it is typed; what is refused (length, the most used ones) the server decides.
 * Counts what an attacker who tries patterns first would have to guess: runs and repeats add next to nothing.
 */
export function passwordStrength(password: string): PasswordStrength {
  const characters = [...password];
  if (password.length < 8) return "short";
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length;
  const informative = characters.filter((character, index) => {
    const step = (character.codePointAt(0) ?? 0) - (characters[index - 1]?.codePointAt(0) ?? -9);
    return Math.abs(step) > 1 && !characters.slice(Math.max(0, index - 4), index).includes(character);
  }).length;
  const score = informative * (1 + kinds * 0.25);
  if (score < 12) return "weak";
  if (score < 18) return "fair";
  return score < 26 ? "good" : "strong";
}
