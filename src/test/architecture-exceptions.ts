/** `file → what it may have all the same`, each with the reason. An entry that nothing needs any more fails the test. */
export type Exceptions = Readonly<Record<string, string>>;

/** lib/ is for pure functions, and contracts know zod alone; these wrap one small pure package each. */
export const libPackages: Exceptions = {
  "src/lib/cn.ts → clsx": "joins class names; every generated component calls it",
  "src/lib/cn.ts → tailwind-merge": "the same",
  "src/lib/shared-superjson.ts → superjson": "the wire format, which browser, scripts and server must share",
};

/** Who else may build what container.ts and main.ts build. */
export const builders: Exceptions = {
  "src/domains/servers/server/game-connections.ts → createRconClient":
    "one client per running server, made of its own port and unsealed password when it is first asked something",
  "src/domains/servers/server/game-connections.ts → createManagementClient": "the same, made when the process begins",
  "src/domains/launch/server/own-engine/create-dind-strategy.ts → createDockerStrategy":
    "the same strategy over an engine of mcsd's own, with its own answers to two questions",
};

/** Who else may take another domain's repository. */
export const repositories: Exceptions = {
  "src/domains/servers/server/recover-operations.ts → src/domains/jobs/server/repository.ts":
    "settles the operations that a crash cut off, before the verbs and the job runner may be used",
};

/**
 * Where each library (and each dangerous part of Node) is at home: a replacement changes these files alone. Types may be
 * named anywhere on the server.
 */
export const homes: readonly { library: RegExp; home: RegExp }[] = [
  { library: /^postgres$/, home: /^src\/server\/db\// },
  { library: /^undici$/, home: /^src\/server\/http\/guarded-/ },
  { library: /^pino$/, home: /^src\/server\/logger\.ts$/ },
  { library: /^@node-rs\/argon2$/, home: /^src\/server\/auth\/password\.ts$/ },
  { library: /^otpauth$/, home: /^src\/domains\/auth\/server\/totp-seed\.ts$/ },
  { library: /^@simplewebauthn\/server$/, home: /^src\/domains\/auth\/server\/passkey-/ },
  { library: /^rate-limiter-flexible$/, home: /^src\/server\/limits\// },
  { library: /^ipaddr\.js$/, home: /^src\/server\/http\// },
  { library: /^next$/, home: /^src\/server\/next-handler\.ts$/ },
  { library: /^next-auth(?:\/(?!react$)|$)/, home: /^src\/(?:app\/|server\/http\/access-part\.ts$)/ },
  // Links are written with tRPC's observable, which holds no server code.
  {
    library: /^@trpc\/server(?:\/(?!observable$)|$)/,
    home: /^src\/(?:server\/(?:trpc|http)\/|domains\/[^/]+\/server\/router\.ts$)/,
  },
  { library: /^ws$/, home: /^src\/domains\/console\/server\/management\// },
  { library: /^superjson$/, home: /^src\/(?:lib\/shared-superjson\.ts|trpc\/)/ },
  { library: /^eventsource$/, home: /^src\/trpc\/node-client\.ts$/ },
  // Schedules: boot.ts starts every one of them; the refresher brings its own, and boot.ts starts that too.
  { library: /^node-cron$/, home: /^src\/(?:server\/boot|domains\/versions\/server\/version-refresher)\.ts$/ },
  {
    library: /^@mongodb-js\/zstd$/,
    home: /^src\/(?:domains\/snapshots\/server\/engine\/zstd-frames|server\/archive\/unzstd)\.ts$/,
  },
  // Containers: its types may be named in what turns the engine's answers into ours.
  { library: /^dockerode$/, home: /^src\/server\/docker\// },
  { library: /^sql\.js$/, home: /^src\/server\/sqlite\/sqlite-reader\.ts$/ },
  { library: /^(?:tar|fzstd|@zip\.js\/zip\.js)$/, home: /^src\/server\/archive\// },
  // Programs: servers, java -version, flock and mkfifo, PostgreSQL, sync, readers of what others send. Never by way of a shell that is given text.
  {
    library: /^(?:node:)?child_process$/,
    home: /^src\/(?:domains\/launch\/server\/|domains\/java\/server\/ask-java\.ts|server\/db\/embedded\/|server\/fs\/lock-data-dir\.ts|server\/fs\/sync-filesystem\.ts|server\/confined\/run-confined\.ts)/,
  },
];
