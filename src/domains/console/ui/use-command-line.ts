"use client";

import { useEffect, useState } from "react";
import { type HistoryPosition, loadHistory, rememberCommand, stepHistory } from "./command-history";
import { applyCompletion, completeCommand } from "./complete-command";

export interface CommandLine {
  text: string;
  suggestions: string[];
  /** Index of the suggestion that Enter takes. */
  active: number;
  type: (text: string) => void;
  choose: (suggestion: string) => void;
  /** Handles a key; true if it was used and the browser must not act on it. */
  press: (key: string, isShift: boolean) => boolean;
  /** Empties the line and remembers the command. */
  sent: (command: string) => void;
}

/** The typed command with its history and completion. Tab completes; Escape gives Tab back to the browser. */
export function useCommandLine(serverId: string, players: readonly string[]): CommandLine {
  const [text, setText] = useState("");
  const [history, setHistory] = useState<string[]>([]);
  const [position, setPosition] = useState<HistoryPosition>({ index: 0, draft: "" });
  const [suggestions, setSuggestions] = useState<string[]>([]);
  const [active, setActive] = useState(0);
  const [isTabFree, setIsTabFree] = useState(false);

  useEffect(() => {
    const loaded = loadHistory(window.localStorage, serverId);
    setHistory(loaded);
    setPosition({ index: loaded.length, draft: "" });
  }, [serverId]);

  const type = (next: string) => {
    setText(next);
    setIsTabFree(false);
    setPosition({ index: history.length, draft: next });
    if (suggestions.length > 0) setSuggestions(completeCommand(next, players));
    setActive(0);
  };
  const choose = (suggestion: string) => {
    setText(applyCompletion(text, suggestion));
    setSuggestions([]);
  };
  const complete = (): boolean => {
    const found = completeCommand(text, players);
    const [only] = found;
    if (only === undefined) return false;
    if (found.length === 1) choose(only);
    else {
      setSuggestions(found);
      setActive(0);
    }
    return true;
  };
  const walk = (step: -1 | 1): boolean => {
    const moved = stepHistory(history, position, step, text);
    if (!moved) return true;
    setPosition(moved.position);
    setText(moved.text);
    return true;
  };
  const press = (key: string, isShift: boolean): boolean => {
    const isOpen = suggestions.length > 0;
    const move = (step: number) => setActive((active + step + suggestions.length) % suggestions.length);
    if (isOpen) {
      const chosen = suggestions[active];
      if (key === "ArrowDown" || (key === "Tab" && !isShift)) move(1);
      else if (key === "ArrowUp" || key === "Tab") move(-1);
      else if (key === "Enter" && chosen !== undefined) choose(chosen);
      else if (key === "Escape") setSuggestions([]);
      else return false;
      return true;
    }
    if (key === "ArrowUp") return walk(-1);
    if (key === "ArrowDown") return walk(1);
    if (key === "Escape") setIsTabFree(true);
    return key === "Tab" && !isShift && !isTabFree && text !== "" && complete();
  };
  const sent = (command: string) => {
    const next = rememberCommand(window.localStorage, serverId, history, command);
    setHistory(next);
    setPosition({ index: next.length, draft: "" });
    setText("");
    setSuggestions([]);
  };
  return { text, suggestions, active, type, choose, press, sent };
}
