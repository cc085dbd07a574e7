/** The most used passwords of 8 characters or more in public breach statistics: refused whatever their length. */
const common = new Set(
  `password password1 password12 password123 passw0rd p@ssw0rd p@ssword 12345678 123456789 1234567890 123123123 11111111 111111111
  00000000 87654321 987654321 0987654321 88888888 66666666 qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 1q2w3e4r 1q2w3e4r5t 1qaz2wsx
  zaq12wsx q1w2e3r4 asdfghjk asdfghjkl zxcvbnm1 abcd1234 abc12345 abcdefgh aa123456 a1234567 iloveyou iloveyou1 sunshine princess football
  baseball superman batman123 trustno1 welcome1 welcome123 letmein1 letmein123 admin123 admin1234 administrator changeme changeme1 dragon123
  monkey123 master123 minecraft minecraft1 minecraft123 creeper1 herobrine computer internet starwars whatever michelle jennifer jordan23
  liverpool chocolate pokemon1 charlie1 freedom1 shadow123 michael1 hello123 test1234 testtest guest123 default1 secret123 football1 killer123`.split(
    /\s+/,
  ),
);

/** True for a password that everybody tries first, or that is the user's own name. */
export function isCommonPassword(password: string, username: string): boolean {
  const lower = password.toLowerCase();
  return common.has(lower) || lower === username.toLowerCase() || /^(.)\1+$/.test(password);
}
