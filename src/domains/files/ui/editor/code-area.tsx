"use client";

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { type Diagnostic, linter, lintGutter } from "@codemirror/lint";
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { checkText } from "./check-text";
import { highlighting, languageExtension } from "./code-languages";
import { codeTheme } from "./code-theme";
import type { TextLanguage } from "./language-of";

export interface CodeHandle {
  text(): string;
  replace(text: string): void;
  search(): void;
  goTo(line: number, column?: number): void;
  focus(): void;
}

interface CodeAreaProps {
  ref?: Ref<CodeHandle>;
  /** At the beginning; `replace` sets another. */
  text: string;
  lineBreak: "\n" | "\r\n";
  language: TextLanguage;
  label: string;
  isReadOnly: boolean;
  isWrapped: boolean;
  /** To begin at. */
  line?: number;
  onEdit?: () => void;
  onSave?: () => void;
}

/** A code editor. The text lives in it alone; who needs it asks the handle. */
export default function CodeArea({
  ref,
  text,
  lineBreak,
  language,
  label,
  isReadOnly,
  isWrapped,
  line,
  onEdit,
  onSave,
}: CodeAreaProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const wrapping = useRef(new Compartment());
  const access = useRef(new Compartment());
  const calls = useRef({ onEdit, onSave });
  const first = useRef({ text, isReadOnly, isWrapped, line });
  useEffect(() => {
    calls.current = { onEdit, onSave };
  });
  useEffect(() => {
    const { text: doc, isReadOnly: locked, isWrapped: wrapped, line: at } = first.current;
    const created = new EditorView({
      parent: place.current ?? undefined,
      state: EditorState.create({
        doc,
        extensions: [
          EditorState.lineSeparator.of(lineBreak),
          lineNumbers(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          highlightSpecialChars(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightSelectionMatches(),
          search({ top: true }),
          lintGutter(),
          linter(({ state }) => diagnosticsOf(language, state)),
          keymap.of([
            {
              key: "Mod-s",
              preventDefault: true,
              run: () => {
                calls.current.onSave?.();
                return true;
              },
            },
            // Escape, then Tab leaves the editor: the default of the library for those without a mouse.
            ...searchKeymap,
            ...historyKeymap,
            ...defaultKeymap,
            indentWithTab,
          ]),
          languageExtension(language),
          highlighting,
          codeTheme,
          EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
          wrapping.current.of(wrapped ? EditorView.lineWrapping : []),
          access.current.of(accessOf(locked)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) calls.current.onEdit?.();
          }),
        ],
      }),
    });
    view.current = created;
    if (at) goTo(created, at);
    return () => created.destroy();
  }, [language, label, lineBreak]);
  useEffect(() => {
    view.current?.dispatch({ effects: wrapping.current.reconfigure(isWrapped ? EditorView.lineWrapping : []) });
  }, [isWrapped]);
  useEffect(() => {
    view.current?.dispatch({ effects: access.current.reconfigure(accessOf(isReadOnly)) });
  }, [isReadOnly]);
  useImperativeHandle(ref, () => ({
    text: () => view.current?.state.sliceDoc() ?? first.current.text,
    replace: (next) => {
      const { current } = view;
      current?.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: current.state.toText(next) } });
    },
    search: () => void (view.current && openSearchPanel(view.current)),
    goTo: (at, column) => view.current && goTo(view.current, at, column),
    focus: () => view.current?.focus(),
  }));
  return <div ref={place} className="h-full min-h-0 overflow-hidden rounded-lg border text-[13px]" />;
}

function accessOf(isReadOnly: boolean) {
  return [EditorState.readOnly.of(isReadOnly)];
}

function diagnosticsOf(language: TextLanguage, state: EditorState): Diagnostic[] {
  return checkText(language, state.doc.toString()).map(({ from, message, isWarning }) => ({
    from,
    to: Math.min(from + 1, state.doc.length),
    message,
    severity: isWarning ? "warning" : "error",
  }));
}

function goTo(view: EditorView, line: number, column = 1): void {
  const { from, to } = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
  const at = Math.min(to, from + column - 1);
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
  view.focus();
}
