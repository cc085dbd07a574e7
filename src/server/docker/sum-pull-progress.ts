import type { PullProgress } from "./container-engine";

/**
 * Adds up the layers of a pull. A layer is downloaded and then unpacked, each told in bytes of its own: both count, so that the bar
 * goes on moving while a large layer is unpacked. Never goes back.
 */
export function sumPullProgress(): (line: Record<string, unknown>) => PullProgress {
  const layers = new Map<string, { total: number; downloaded: number; unpacked: number }>();
  let furthest = 0;
  return ({ id, status, progressDetail }) => {
    const layer = typeof id === "string" ? (layers.get(id) ?? { total: 0, downloaded: 0, unpacked: 0 }) : null;
    if (layer) {
      const detail = (progressDetail ?? {}) as { current?: unknown; total?: unknown };
      const current = Number(detail.current ?? 0);
      layer.total = Math.max(layer.total, Number(detail.total ?? 0));
      if (status === "Downloading") layer.downloaded = current;
      if (status === "Download complete" || status === "Extracting") layer.downloaded = layer.total;
      if (status === "Extracting") layer.unpacked = current;
      if (status === "Pull complete") Object.assign(layer, { downloaded: layer.total, unpacked: layer.total });
      if (layer.total > 0) layers.set(String(id), layer);
    }
    let done = 0;
    let total = 0;
    for (const each of layers.values()) {
      done += each.downloaded + each.unpacked;
      total += each.total * 2;
    }
    furthest = Math.max(furthest, done);
    return { done: Math.min(furthest, total), total };
  };
}
