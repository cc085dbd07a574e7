const live = [
  /(?:^|\/)level\.dat(?:_old|_new)?$/,
  /(?:^|\/)session\.lock$/,
  /(?:^|\/)(?:region|entities|poi)\/[^/]+\.mc[ac]$/,
  /(?:^|\/)(?:playerdata|stats|advancements|players|data)\/.+\.(?:dat|dat_old|json|nbt)$/,
  /^logs\/latest\.log$/,
  /^(?:usercache|usernamecache|ops|whitelist|banned-players|banned-ips)\.json$/,
  /^server\.properties$/,
];

/** Whether the game writes to a file by itself while it runs, so that what somebody changes meanwhile may be lost. */
export function isLivePath(path: string): boolean {
  return live.some((form) => form.test(path));
}
