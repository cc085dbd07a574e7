import listed from "../fixtures/upstreams/neoforge/versions.json" with { type: "json" };
import { jarVariant, type ServedJar, sumUp } from "./jar-variant";
import { mavenReply } from "./maven-reply";
import type { ServedReply } from "./served-reply";

export interface NeoForgeUpstream {
  answer(path: string): ServedReply | null;
  /** An installer by NeoForge's own version, such as `20.4.999`. */
  add(version: string, installer?: Buffer): void;
  remove(version: string): void;
}

/** Answers like NeoForge's Maven repository. Numbers are NeoForge's own (fixtures). */
export function createNeoForgeUpstream(jar: Buffer): NeoForgeUpstream {
  const served = (versions: readonly string[], artifact: string) =>
    new Map<string, ServedJar>(versions.map((version) => [version, jarVariant(jar, `${artifact} ${version}`)]));
  const installers = { neoforge: served(listed.neoforge, "neoforge"), forge: served(listed.forge, "forge") };
  return {
    add: (version, installer) =>
      void installers.neoforge.set(version, installer ? sumUp(installer) : jarVariant(jar, `neoforge ${version}`)),
    remove: (version) => void installers.neoforge.delete(version),
    answer: (path) => {
      for (const artifact of ["neoforge", "forge"] as const) {
        const folder = `/releases/net/neoforged/${artifact}`;
        const reply = mavenReply(path, { folder, artifact, installers: installers[artifact] });
        if (reply) return reply;
      }
      return null;
    },
  };
}
