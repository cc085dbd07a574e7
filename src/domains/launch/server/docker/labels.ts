/** Labels of everything that mcsd makes on an engine. What lacks this installation's id is never touched. */
export const installationLabel = "mcsd.installation";
export const serverLabel = "mcsd.server";

export function ownLabels(installationId: string, serverId: string): Record<string, string> {
  return { [installationLabel]: installationId, [serverLabel]: serverId };
}

/** Short enough to read in `docker ps`, and one of a kind: a second container for the same server cannot be made by mistake. */
export function containerName(installationId: string, serverId: string): string {
  return `mcsd-${installationId.slice(0, 8)}-${serverId}`;
}
