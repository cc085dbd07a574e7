/** Commands of the plugins that ask players for passwords (AuthMe, nLogin, LoginSecurity and their like), by whatever prefix. */
const withPassword =
  /^\/?(?:\w+:)?(?:(?:authme|nlogin|loginsecurity|ls|openlogin|librelogin)\s+\S+|login|l|register|reg|changepassword|changepass|changepw|cpw|unregister|unreg|premium|2fa|totp)(?=\s)/i;

/** A command as it may be kept: what follows the name of one that takes a password is left out. */
export function maskCommand(command: string): string {
  const [name] = withPassword.exec(command) ?? [];
  return name === undefined ? command : `${name} …`;
}
