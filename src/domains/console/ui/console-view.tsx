"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { toast } from "sonner";
import { copyText } from "@/components/copy-text";
import { useErrorText } from "@/components/use-error-text";
import type { Server } from "@/domains/servers/contract";
import { useTRPC } from "@/trpc/client";
import { plainLogText } from "./clean-log-text";
import { CommandForm } from "./command-form";
import type { LevelGroup } from "./console-entry";
import { ConsoleOutput } from "./console-output";
import { ConsoleSearch } from "./console-search";
import { ConsoleToolbar } from "./console-toolbar";
import { saveText } from "./save-text";
import { StreamMark } from "./stream-mark";
import type { TerminalScreen } from "./terminal-screen";
import { useConsoleFeed } from "./use-console-feed";
import { useConsoleStream } from "./use-console-stream";
import { useOlderLines } from "./use-older-lines";
import { useStoredFlag } from "./use-stored-flag";

interface ConsoleViewProps {
  server: Pick<Server, "id" | "slug" | "state" | "live">;
  /** True if this person may send commands to this server. */
  mayCommand: boolean;
}

/** The console of one server: its log as it is written, and the command line. */
export function ConsoleView({ server, mayCommand }: ConsoleViewProps) {
  const t = useTranslations("console");
  const trpc = useTRPC();
  const errorText = useErrorText();
  const [hasClock, setHasClock] = useStoredFlag("mcsd.console.clock", true);
  const [isForScreenReaders, setForScreenReaders] = useStoredFlag("mcsd.console.screen-reader", false);
  const [hidden, setHidden] = useState<ReadonlySet<LevelGroup>>(new Set());
  const [isSearching, setSearching] = useState(false);
  const [screen, setScreen] = useState<TerminalScreen | null>(null);
  const [spoken, setSpoken] = useState("");
  const { feed, state } = useConsoleFeed(hasClock);
  const older = useOlderLines(server.id, feed, state);

  const { status } = useConsoleStream(
    server.id,
    useCallback((event) => (event.kind === "gap" ? feed.note({ kind: "gap" }) : feed.receive(event.lines)), [feed]),
  );
  const command = useMutation(
    trpc.console.command.mutationOptions({
      onSuccess: ({ reply }, sent) => {
        feed.note({ kind: "command", command: sent.command, reply });
        setSpoken(reply ? plainLogText(reply) : t("command.sent"));
      },
      onError: (error, sent) => {
        const reason = errorText(error).text;
        feed.note({ kind: "refused", command: sent.command, reason });
        setSpoken(reason);
      },
    }),
  );
  const filter = (next: ReadonlySet<LevelGroup>) => {
    setHidden(next);
    feed.setHidden(next);
  };
  const copy = async () => {
    if (await copyText(screen?.selection || feed.asText())) toast.success(t("copied"));
    else toast.error(t("copyFailed"));
  };
  const download = () =>
    saveText(`${server.slug}-console-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.log`, feed.asText());
  const blockedBecause = !mayCommand
    ? t("command.noPermission")
    : server.state === "running"
      ? null
      : t(`command.blocked.${server.state}`);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only catches the shortcut of the search inside
    <div
      onKeyDown={(event) => {
        if (event.key.toLowerCase() !== "f" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        setSearching(true);
      }}
      className="flex h-full min-h-80 flex-col overflow-hidden rounded-lg border bg-card"
    >
      <ConsoleToolbar
        status={<StreamMark status={status} />}
        hidden={hidden}
        onHidden={filter}
        hasClock={hasClock}
        onClock={setHasClock}
        isForScreenReaders={isForScreenReaders}
        onScreenReaders={setForScreenReaders}
        canLoadOlder={!state.hasReachedStart && !older.isLoading}
        onOlder={() => {
          feed.pause();
          older.load();
          screen?.scrollToTop();
        }}
        onSearch={() => setSearching(true)}
        onCopy={copy}
        onDownload={download}
      />
      {isSearching && <ConsoleSearch screen={screen} onClose={() => setSearching(false)} />}
      <ConsoleOutput
        feed={feed}
        state={state}
        isForScreenReaders={isForScreenReaders}
        onNearTop={older.load}
        onScreen={setScreen}
      />
      <CommandForm
        serverId={server.id}
        players={server.live.playerNames}
        blockedBecause={blockedBecause}
        isSending={command.isPending}
        onSend={(text) => command.mutate({ serverId: server.id, command: text })}
      />
      <p role="log" aria-label={t("replies")} className="sr-only">
        {spoken}
      </p>
    </div>
  );
}
