import type { Clock } from "@/server/clock";
import type { ContainerEngine, ContainerSummary, EngineEvent } from "@/server/docker/container-engine";
import { createWake } from "../create-wake";
import { installationLabel, serverLabel } from "./labels";

/** What was seen of one server's containers. */
export type Sight =
  | {
      isReachable: true;
      containers: readonly ContainerSummary[];
      mayHaveRestarted: boolean;
      /** The engine has been out of reach since the last look that it answered. */
      wasEngineAway: boolean;
    }
  | { isReachable: false; reason: string };

export interface ContainerWatch {
  /** Calls back after every look, whether or not something changed. */
  follow(serverId: string, onSight: (sight: Sight) => void): () => void;
  /** Calls back after every look with each server that has a running container, known to mcsd or not. */
  listen(onAlive: (serverId: string) => void): () => void;
  /** Looks at once. */
  ring(): void;
  close(): void;
}

/** Looked at this often also when no event came: a stream of events may be cut without a sign. */
const lookMs = 4000;
/** An engine that has given no answer for this long is out of sight. */
const patienceMs = 7000;
const retryMs = 1000;
/** A look waits no longer for the engine's answer than this; a start may. */
const answerMs = 5000;
/** Events come in groups; one look is enough for a group. */
const gatherMs = 20;
/** Events that say nothing about whether a container runs. */
const noise = /^(?:exec_|health_status|attach|detach|resize|top|copy|archive|export|commit)/;

/** Watches an installation's containers by events and, because those can be lost, by a list every few seconds. One call for all servers. */
export function watchContainers(options: {
  engine: ContainerEngine;
  installationId: string;
  clock: Clock;
}): ContainerWatch {
  const { engine, installationId, clock } = options;
  const labels = [`${installationLabel}=${installationId}`];
  const followers = new Map<string, Set<(sight: Sight) => void>>();
  const listeners = new Set<(serverId: string) => void>();
  const closing = new AbortController();
  const wake = createWake(null);
  /** Servers whose container may have ended and begun again between two looks. */
  const restarted = new Set<string>();
  let isStreamNew = true;
  /** A stream of events that was open has broken, or a look was not answered. */
  let hasBroken = false;
  let lastAnswer = clock.now().getTime();

  const tell = (sightOf: (serverId: string) => Sight) => {
    for (const [serverId, each] of followers) {
      const sight = sightOf(serverId);
      for (const onSight of each) onSight(sight);
    }
  };

  async function look(): Promise<void> {
    const wasStreamNew = isStreamNew;
    const wasEngineAway = hasBroken;
    const doubted = new Set(restarted);
    try {
      const byServer = groupByServer(await engine.list(labels, { withinMs: answerMs }));
      lastAnswer = clock.now().getTime();
      isStreamNew &&= !wasStreamNew;
      hasBroken &&= !wasEngineAway;
      for (const id of doubted) restarted.delete(id);
      tell((id) => ({
        isReachable: true,
        containers: byServer.get(id) ?? [],
        mayHaveRestarted: wasStreamNew || doubted.has(id),
        wasEngineAway,
      }));
      for (const [serverId, containers] of byServer) {
        if (!containers.some(({ state }) => state === "running")) continue;
        for (const onAlive of listeners) onAlive(serverId);
      }
    } catch (error) {
      hasBroken = true;
      if (clock.now().getTime() - lastAnswer < patienceMs) return;
      tell(() => ({ isReachable: false, reason: (error as Error).message }));
    }
  }

  async function lookOnAndOn(): Promise<void> {
    while (!closing.signal.aborted) {
      await look();
      await wake.next(lookMs);
      await clock.sleep(gatherMs, closing.signal).catch(() => undefined);
    }
  }

  const onEvent = ({ action, labels: found }: EngineEvent) => {
    if (noise.test(action)) return;
    const serverId = found[serverLabel];
    if (serverId) restarted.add(serverId);
    wake.ring();
  };
  // What happened before a stream was open, no event will tell.
  const onOpen = () => {
    isStreamNew = true;
    wake.ring();
  };

  async function listenOnAndOn(): Promise<void> {
    while (!closing.signal.aborted) {
      await engine.watchEvents(labels, { signal: closing.signal, onOpen, onEvent }).catch(() => undefined);
      hasBroken = true;
      await clock.sleep(retryMs, closing.signal).catch(() => undefined);
    }
  }

  void lookOnAndOn();
  void listenOnAndOn();

  return {
    follow(serverId, onSight) {
      const each = followers.get(serverId) ?? new Set();
      followers.set(serverId, each.add(onSight));
      return () => {
        each.delete(onSight);
        if (each.size === 0 && followers.get(serverId) === each) followers.delete(serverId);
      };
    },
    listen(onAlive) {
      listeners.add(onAlive);
      return () => listeners.delete(onAlive);
    },
    ring: wake.ring,
    close: () => {
      closing.abort();
      wake.close();
    },
  };
}

function groupByServer(containers: readonly ContainerSummary[]): Map<string, ContainerSummary[]> {
  const groups = new Map<string, ContainerSummary[]>();
  for (const container of containers) {
    const serverId = container.labels[serverLabel];
    if (!serverId) continue;
    const group = groups.get(serverId);
    if (group) group.push(container);
    else groups.set(serverId, [container]);
  }
  return groups;
}
