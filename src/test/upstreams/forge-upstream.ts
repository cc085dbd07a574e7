import promotions from "../fixtures/upstreams/forge/promotions_slim.json" with { type: "json" };
import listed from "../fixtures/upstreams/forge/versions.json" with { type: "json" };
import { jarVariant, type ServedJar, sumUp } from "./jar-variant";
import { mavenReply } from "./maven-reply";
import { jsonReply, type ServedReply } from "./served-reply";

export interface ForgeBuild {
  version: string;
  build: string;
  isRecommended?: boolean;
  /** An installer that really is one. */
  installer?: Buffer;
}

export interface ForgeUpstream {
  answer(path: string): ServedReply | null;
  add(build: ForgeBuild): void;
  remove(version: string, build: string): void;
}

const folder = "/net/minecraftforge/forge";

/** Answers like files.minecraftforge.net and Forge's Maven repository, both under one address. Numbers are Forge's own (fixtures). */
export function createForgeUpstream(jar: Buffer): ForgeUpstream {
  const promos = new Map<string, string>(Object.entries(promotions.promos));
  const installers = new Map<string, ServedJar>();
  const offer = (name: string, bytes?: Buffer) =>
    installers.set(name, bytes ? sumUp(bytes) : jarVariant(jar, `forge ${name}`));
  for (const name of listed) offer(name);
  for (const [key, build] of promos) {
    const name = `${key.replace(/-(latest|recommended)$/, "")}-${build}`;
    if (!listed.some((known) => known.startsWith(name))) offer(name);
  }
  return {
    add: ({ version, build, isRecommended = false, installer }) => {
      offer(`${version}-${build}`, installer);
      promos.set(`${version}-latest`, build);
      if (isRecommended) promos.set(`${version}-recommended`, build);
    },
    remove: (version, build) => {
      installers.delete(`${version}-${build}`);
      for (const [key, promoted] of promos) if (key.startsWith(`${version}-`) && promoted === build) promos.delete(key);
    },
    answer: (path) =>
      path === `${folder}/promotions_slim.json`
        ? jsonReply("list", { homepage: promotions.homepage, promos: Object.fromEntries(promos) })
        : mavenReply(path, { folder, artifact: "forge", installers }),
  };
}
