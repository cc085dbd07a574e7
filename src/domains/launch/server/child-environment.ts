/** The only PATH that mcsd's helpers and servers ever see. */
export const fixedPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** An environment of exactly these variables. Next declares NODE_ENV to be in every one; in a server's it must not be. */
export function childEnvironment(variables: Record<string, string>): NodeJS.ProcessEnv {
  return variables as NodeJS.ProcessEnv;
}
