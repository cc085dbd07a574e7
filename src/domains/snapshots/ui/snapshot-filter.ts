import { type SnapshotResource, type SnapshotType, snapshotResources, snapshotTypes } from "../contract";

/** What the list is filtered by; null is no filter. */
export interface SnapshotFilter {
  type: SnapshotType | null;
  resource: SnapshotResource | null;
}

export const noSnapshotFilter: SnapshotFilter = { type: null, resource: null };

/** The filter that an address asks for; what cannot be understood is left out. */
export function readSnapshotFilter(query: URLSearchParams): SnapshotFilter {
  return {
    type: snapshotTypes.find((type) => type === query.get("type")) ?? null,
    resource: snapshotResources.find((resource) => resource === query.get("of")) ?? null,
  };
}

export function writeSnapshotFilter({ type, resource }: SnapshotFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (type) query.set("type", type);
  if (resource) query.set("of", resource);
  return query;
}

export function isSnapshotFiltered({ type, resource }: SnapshotFilter): boolean {
  return type !== null || resource !== null;
}

/** The input of `snapshots.list` for a filter, always in the same form. */
export function snapshotListInput(serverId: string, { type, resource }: SnapshotFilter) {
  return { serverId, limit: 30, ...(type && { type }), ...(resource && { resource }) };
}
