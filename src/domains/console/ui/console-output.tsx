"use client";

import "@xterm/xterm/css/xterm.css";
import { ArrowDownIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import type { ConsoleFeed, FeedState } from "./console-feed";
import { openTerminalScreen, type TerminalScreen } from "./terminal-screen";

interface ConsoleOutputProps {
  feed: ConsoleFeed;
  state: FeedState;
  isForScreenReaders: boolean;
  onNearTop: () => void;
  onScreen: (screen: TerminalScreen | null) => void;
}

/** The log itself, with the button that leads back to its end. */
export function ConsoleOutput({ feed, state, isForScreenReaders, onNearTop, onScreen }: ConsoleOutputProps) {
  const t = useTranslations("console");
  const host = useRef<HTMLDivElement>(null);
  const [screen, setScreen] = useState<TerminalScreen | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const nearTop = useRef(onNearTop);
  nearTop.current = onNearTop;
  const label = t("output");

  useEffect(() => {
    let isGone = false;
    let opened: TerminalScreen | null = null;
    const element = host.current;
    if (!element) return;
    openTerminalScreen(element).then(
      (ready) => {
        if (isGone) return ready.dispose();
        opened = ready;
        ready.onScroll(({ isAtTop, isAtBottom }) => {
          if (isAtBottom) feed.follow();
          else feed.pause();
          if (isAtTop && !isAtBottom) nearTop.current();
        });
        feed.attach(ready);
        setScreen(ready);
        onScreen(ready);
      },
      () => setHasFailed(true),
    );
    return () => {
      isGone = true;
      feed.attach(null);
      onScreen(null);
      opened?.dispose();
    };
  }, [feed, onScreen]);

  useEffect(() => screen?.describe(label), [screen, label]);
  useEffect(() => {
    if (screen) screen.isForScreenReaders = isForScreenReaders;
  }, [screen, isForScreenReaders]);

  return (
    <section aria-label={label} className="relative min-h-0 flex-1 bg-card">
      <div ref={host} className="absolute inset-x-3 inset-y-2 overflow-hidden bg-card font-mono text-card-foreground" />
      {screen === null && (
        <div aria-hidden="true" className="absolute inset-3 space-y-2">
          {!hasFailed &&
            ["w-2/3", "w-1/2", "w-3/4", "w-2/5"].map((width) => <Skeleton key={width} className={cn("h-4", width)} />)}
        </div>
      )}
      {hasFailed && (
        <p role="alert" className="absolute inset-3 text-sm text-destructive">
          {t("outputFailed")}
        </p>
      )}
      {!state.isFollowing && (
        <Button
          size="sm"
          onClick={() => feed.follow()}
          className="absolute right-8 bottom-3 z-10 shadow-md max-md:h-11"
        >
          <ArrowDownIcon aria-hidden="true" />
          {state.newLines > 0 ? t("newLines", { count: state.newLines }) : t("toEnd")}
        </Button>
      )}
    </section>
  );
}
