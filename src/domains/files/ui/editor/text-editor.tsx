"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useCallback, useRef, useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { errorBodyOf } from "@/components/error-body";
import { useToastError } from "@/components/use-toast-error";
import { useStoredFlag } from "@/domains/console/ui/use-stored-flag";
import { useTRPC, useTRPCClient } from "@/trpc/client";
import type { FileText } from "../../contract";
import { HistoryPanel } from "../history/history-panel";
import { FilesSkeleton } from "../manager/files-skeleton";
import { lineOfHash } from "../use-file-view";
import { checkText, type TextFault } from "./check-text";
import type { CodeHandle } from "./code-area";
import { ConflictView } from "./conflict-view";
import { EditorBar } from "./editor-bar";
import { EditorStatus } from "./editor-status";
import type { FilePageProps } from "./file-page";
import { languageOf } from "./language-of";
import { LiveFileNote } from "./live-file-note";
import { useLeaveGuard } from "./use-leave-guard";

const CodeArea = dynamic(() => import("./code-area"), { ssr: false, loading: () => <Loading /> });

function Loading() {
  return <FilesSkeleton label={useTranslations("files.editor")("loading")} />;
}

interface TextEditorProps extends FilePageProps {
  opened: FileText;
}

/** The text of a file, to be changed and saved over what was opened, never over what somebody else has saved since. */
export function TextEditor({ server, entry, rights, opened }: TextEditorProps) {
  const t = useTranslations("files.editor");
  const trpc = useTRPC();
  const api = useTRPCClient();
  const client = useQueryClient();
  const toastError = useToastError();
  const code = useRef<CodeHandle>(null);
  const [base, setBase] = useState({ content: opened.content, etag: opened.etag });
  /** What was typed before the conflict was shown: the editor goes on with it. */
  const [draft, setDraft] = useState<string | null>(null);
  const [isUnsaved, setUnsaved] = useState(false);
  const [isWrapped, setWrapped] = useStoredFlag("mcsd.editor.wrap", false);
  const [panel, setPanel] = useState<"none" | "history">("none");
  const [fault, setFault] = useState<TextFault | null>(null);
  const [conflict, setConflict] = useState<{ mine: string; theirs: FileText } | null>(null);
  const language = languageOf(entry.name);
  const onEdit = useCallback(() => setUnsaved(true), []);
  useLeaveGuard(isUnsaved, t("leave"));

  const save = useMutation({
    mutationFn: ({ content, etag }: { content: string; etag: string }) =>
      api.files.write.mutate({ serverId: server.id, path: entry.path, content, etag }),
    onSuccess: ({ etag }, { content }) => {
      setBase({ content, etag });
      setUnsaved(code.current !== null && code.current.text() !== content);
      setConflict(null);
      setDraft(null);
      void client.invalidateQueries({
        queryKey: trpc.files.history.queryKey({ serverId: server.id, path: entry.path }),
      });
      toast.success(t("saved"));
    },
    onError: async (error, { content }) => {
      if (errorBodyOf(error)?.code !== "FILE_CHANGED") return void toastError(error);
      // Nothing that was typed is lost: both are shown, and one chooses.
      const theirs = await api.files.read.query({ serverId: server.id, path: entry.path }).catch(() => null);
      if (theirs) setConflict({ mine: content, theirs });
      else toastError(error);
    },
  });
  const trySave = (mayBeWrong = false) => {
    if (!rights.edit || save.isPending || !code.current) return;
    const content = code.current.text();
    const wrong = mayBeWrong ? undefined : checkText(language, content).find(({ isWarning }) => !isWarning);
    if (wrong) return setFault(wrong);
    save.mutate({ content, etag: base.etag });
  };
  const showNow = (text: FileText) => {
    code.current?.replace(text.content);
    setBase({ content: text.content, etag: text.etag });
    setUnsaved(false);
  };

  if (conflict)
    return (
      <ConflictView
        base={base.content}
        theirs={conflict.theirs}
        mine={conflict.mine}
        isSaving={save.isPending}
        onSave={(content) => {
          save.mutate({ content, etag: conflict.theirs.etag });
          setBase({ content: conflict.theirs.content, etag: conflict.theirs.etag });
        }}
        onBack={() => {
          setDraft(conflict.mine);
          setConflict(null);
        }}
      />
    );
  return (
    <>
      {opened.isLive && server.state !== "stopped" && rights.edit && <LiveFileNote />}
      <EditorBar
        isReadOnly={!rights.edit}
        isUnsaved={isUnsaved}
        isSaving={save.isPending}
        isWrapped={isWrapped}
        onWrap={setWrapped}
        onSave={() => trySave()}
        onSearch={() => code.current?.search()}
        onHistory={() => setPanel("history")}
        download={rights.download ? { server, entry } : null}
      />
      <div className="min-h-0 flex-1">
        <CodeArea
          ref={code}
          text={draft ?? base.content}
          lineBreak={opened.lineEnd === "crlf" ? "\r\n" : "\n"}
          language={language}
          label={entry.name}
          isReadOnly={!rights.edit}
          isWrapped={isWrapped}
          line={typeof window === "undefined" ? undefined : lineOfHash(window.location.hash)}
          onEdit={onEdit}
          onSave={trySave}
        />
      </div>
      <EditorStatus file={opened} language={language} />
      {panel === "history" && (
        <HistoryPanel
          server={server}
          entry={entry}
          rights={rights}
          present={() => code.current?.text() ?? base.content}
          isUnsaved={isUnsaved}
          onClose={() => setPanel("none")}
          onChanged={async () => showNow(await api.files.read.query({ serverId: server.id, path: entry.path }))}
        />
      )}
      {fault && (
        <ConfirmDialog
          title={t("fault.title")}
          text={t("fault.text", { line: fault.line, column: fault.column, message: fault.message })}
          action={t("fault.save")}
          onConfirm={() => {
            setFault(null);
            trySave(true);
          }}
          onClose={() => {
            code.current?.goTo(fault.line, fault.column);
            setFault(null);
          }}
        />
      )}
    </>
  );
}
