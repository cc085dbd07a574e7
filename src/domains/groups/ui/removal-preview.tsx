"use client";

import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";
import { useErrorText } from "@/components/use-error-text";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { RemovalPreview } from "../contract";
import { PreviewLines } from "./preview-lines";

/** What detaching would change on one server, told before it is done. */
export function DetachPreview({ groupId, serverId }: { groupId: string; serverId: string }) {
  const { data, error } = useQuery({
    ...useTRPC().groups.previewDetach.queryOptions({ groupId, serverId }),
    retry: false,
  });
  return <Previews previews={data && [data]} error={error} />;
}

/** The same of deleting a group, server by server. */
export function DeletePreview({ groupId }: { groupId: string }) {
  const { data, error } = useQuery({ ...useTRPC().groups.previewDelete.queryOptions({ groupId }), retry: false });
  return <Previews previews={data} error={error} hasNames />;
}

interface PreviewsProps {
  previews: RemovalPreview[] | undefined;
  error: unknown;
  hasNames?: boolean;
}

function Previews({ previews, error, hasNames = false }: PreviewsProps) {
  const t = useTranslations("groups");
  const errorText = useErrorText();
  if (previews?.length === 0) return null;
  return (
    <section
      aria-label={t("previewLabel")}
      aria-busy={!previews && !error}
      // A long list is reached by keyboard too.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
      tabIndex={0}
      className="grid max-h-60 min-w-0 gap-3 overflow-y-auto rounded-md border bg-muted/40 px-3 py-2 text-sm"
    >
      {!previews && (error ? <p role="alert">{errorText(error).text}</p> : <Skeleton className="h-4 w-48" />)}
      {previews?.map((preview) => (
        <div key={preview.serverId} className="grid gap-1">
          {hasNames && <p className="font-medium break-words">{preview.serverName}</p>}
          <PreviewLines preview={preview} />
        </div>
      ))}
    </section>
  );
}
