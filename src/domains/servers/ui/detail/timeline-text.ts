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
  "version-changed",
  "change-put-back",
  "change-failed",
  "change-undone",
  "launched",
  "adopted",
  "retry",
  "gave-up",
  "left",
  "shared",
  "unshared",
  "transferred",
  "snapshot",
  "snapshot-failed",
  "restored",
  "restore-failed",
  "restore-undone",
  "saving-on",
  "other",
] as const;
export type TimelineText = (typeof timelineTexts)[number];

/** How much an entry wants to be seen. */
export type TimelineTone = "good" | "plain" | "attention" | "bad";

/** Entries that are told by their kind alone. */
const toneOfKind: Readonly<Partial<Record<TimelineText, TimelineTone>>> = {
  created: "plain",
  updated: "plain",
  "version-changed": "good",
  "change-put-back": "bad",
  "change-failed": "attention",
  "change-undone": "plain",
  launched: "plain",
  adopted: "plain",
  retry: "attention",
  "gave-up": "bad",
  left: "plain",
  shared: "plain",
  unshared: "plain",
  transferred: "plain",
  snapshot: "plain",
  "snapshot-failed": "bad",
  restored: "plain",
  "restore-failed": "bad",
  "restore-undone": "plain",
  "saving-on": "plain",
};

/** Which sentence tells an entry, and in which tone. Unknown kinds are told by their name. */
export function timelineText({ kind, to, detail }: Pick<TimelineEntry, "kind" | "to" | "detail">): {
  text: TimelineText;
  tone: TimelineTone;
} {
  if (kind !== "state") {
    const text = kind in toneOfKind ? (kind as TimelineText) : "other";
    return { text, tone: toneOfKind[text] ?? "plain" };
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
