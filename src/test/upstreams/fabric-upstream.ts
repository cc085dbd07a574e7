import games from "../fixtures/upstreams/fabric/game.json" with { type: "json" };
import launchers from "../fixtures/upstreams/fabric/installer.json" with { type: "json" };
import loaders from "../fixtures/upstreams/fabric/loader.json" with { type: "json" };
import { jarReply, jsonReply, type ServedReply } from "./served-reply";
import { withZipEntry } from "./with-zip-entry";

export interface FabricUpstream {
  answer(path: string): ServedReply | null;
  addGame(version: string, stable?: boolean): void;
  removeGame(version: string): void;
  addLoader(version: string): void;
  /** From now on the launcher jars say that they are for this version, whatever was asked for. */
  mixUp(version: string): void;
}

/** Answers like meta.fabricmc.net: lists, and launcher jars that are made on demand. Numbers are Fabric's own (fixtures). */
export function createFabricUpstream(jar: Buffer): FabricUpstream {
  const listed = { game: [...games], loader: [...loaders], installer: [...launchers] };
  let wrongVersion: string | null = null;
  return {
    addGame: (version, stable = true) => void listed.game.unshift({ version, stable }),
    removeGame: (version) => {
      listed.game = listed.game.filter((game) => game.version !== version);
    },
    addLoader: (version) =>
      void listed.loader.unshift({
        separator: ".",
        build: 9,
        maven: `net.fabricmc:fabric-loader:${version}`,
        version,
        stable: true,
      }),
    mixUp: (version) => {
      wrongVersion = version;
    },
    answer: (path) => {
      const list = /^\/v2\/versions\/(game|loader|installer)$/.exec(path)?.[1];
      if (list) return jsonReply("list", listed[list as keyof typeof listed]);
      const [, ...parts] = /^\/v2\/versions\/loader\/([^/]+)\/([^/]+)\/([^/]+)\/server\/jar$/.exec(path) ?? [];
      const [game = "", loader = "", launcher = ""] = parts.map(decodeURIComponent);
      const has = (items: readonly { version: string }[], version: string) =>
        items.some((item) => item.version === version);
      if (!has(listed.game, game) || !has(listed.loader, loader) || !has(listed.installer, launcher)) return null;
      const properties = `fabric-loader-version=${loader}\ngame-version=${wrongVersion ?? game}\n`;
      return jarReply(withZipEntry(jar, "install.properties", properties));
    },
  };
}
