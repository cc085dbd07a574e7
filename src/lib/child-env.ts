/** An environment for a child process that holds these variables and nothing else (Next's types insist on NODE_ENV for any). */
export function childEnv(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const env: unknown = variables;
  return env as NodeJS.ProcessEnv;
}
