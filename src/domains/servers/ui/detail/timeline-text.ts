import type { TimelineEntry } from "../../contract";

/** Sentences that an entry of the timeline can be told with: keys of `servers.timeline.text`. */
export const timelineTexts = [
  "starting",
  "adopting",
  "running",
  "stopping",
  "stoppingByForce",
  "stopped",
  "crashed",
  "failed",
  "unknown",
  "created",
  "updated",
  "launched",
  "adopted",
  "retry",
  "gave-up",
  "left",
  "shared",
  "unshared",
  "transferred",
  "other",
] as const;
export type TimelineText = (typeof timelineTexts)[number];

/** How much an entry wants to be seen. */
export type TimelineTone = "good" | "plain" | "attention" | "bad";

const plainKinds: readonly string[] = [
  ...["created", "updated", "launched", "adopted", "retry", "gave-up", "left"],
  ...["shared", "unshared", "transferred"],
];

/** Which sentence tells an entry, and in which tone. Unknown kinds are told by their name. */
export function timelineText({ kind, to, detail }: Pick<TimelineEntry, "kind" | "to" | "detail">): {
  text: TimelineText;
  tone: TimelineTone;
} {
  if (kind !== "state") {
    const text = plainKinds.includes(kind) ? (kind as TimelineText) : "other";
    return { text, tone: text === "gave-up" ? "bad" : text === "retry" ? "attention" : "plain" };
  }
  switch (to) {
    case "starting":
      return { text: detail.adopted === true ? "adopting" : "starting", tone: "plain" };
    case "running":
      return { text: "running", tone: "good" };
    case "stopping":
      return { text: detail.force === true ? "stoppingByForce" : "stopping", tone: "plain" };
    case "stopped":
      if (detail.isCrash === true) return { text: "crashed", tone: "bad" };
      return isFailure(detail) ? { text: "failed", tone: "attention" } : { text: "stopped", tone: "plain" };
    case "unknown":
      return { text: "unknown", tone: "attention" };
    default:
      return { text: "other", tone: "plain" };
  }
}

function isFailure({ cause }: TimelineEntry["detail"]): boolean {
  return typeof cause === "string" && cause !== "stopped_by_command" && cause !== "stopped_from_outside";
}
