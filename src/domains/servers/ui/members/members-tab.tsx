"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CrownIcon, UserPlusIcon, UsersIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useToastError } from "@/components/use-toast-error";
import { useMe } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server } from "../../contract";
import type { Member } from "../../members-contract";
import { canManageMembers } from "../server-rights";
import { useServer } from "../use-server";
import { MemberDialog } from "./member-dialog";
import { MemberRow } from "./member-row";

/** With whom a server is shared. */
export function MembersTab({ serverId }: { serverId: string }) {
  const { server } = useServer(serverId);
  return server ? <Members server={server} /> : null;
}

function Members({ server }: { server: Server }) {
  const t = useTranslations("members");
  const me = useMe();
  const trpc = useTRPC();
  const serverId = server.id;
  const { data: members, error, refetch } = useQuery(trpc.servers.members.queryOptions({ serverId }));
  const [open, setOpen] = useState<{ kind: "add" } | { kind: "change" | "remove"; member: Member } | null>(null);
  const close = () => setOpen(null);
  const remove = useRemoval(server);
  const canManage = canManageMembers(me, server);
  const isOwner = server.ownerId === me.id;
  const add = canManage && (
    <Button className="max-md:h-11" onClick={() => setOpen({ kind: "add" })}>
      <UserPlusIcon />
      {t("add")}
    </Button>
  );
  return (
    <section aria-labelledby="members-title" className="grid max-w-4xl gap-4">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="grid min-w-0 flex-1 basis-64 gap-0.5">
          <h2 id="members-title" className="font-semibold">
            {t("title")}
          </h2>
          <p className="text-muted-foreground">{t("text")}</p>
        </div>
        {members && members.length > 0 && add}
      </header>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg border bg-card px-4 py-3">
        <CrownIcon aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
        <p className="flex items-center gap-2 font-medium">
          <span className="break-all">{server.ownerName}</span>
          {isOwner && <Badge variant="muted">{t("you")}</Badge>}
        </p>
        <p className="text-muted-foreground">
          {t("owner")} · {t("ownerText")}
        </p>
      </div>
      {!members && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!members && !error && (
        <div role="status" aria-label={t("loading")} className="divide-y rounded-lg border bg-card">
          {["one", "two"].map((place) => (
            <div key={place} className="grid h-20 content-center gap-2 px-4">
              <Skeleton className="h-4 w-40" />
              <Skeleton className="h-3 w-72 max-w-full" />
            </div>
          ))}
        </div>
      )}
      {members?.length === 0 && (
        <EmptyState
          icon={UsersIcon}
          title={t("empty.title")}
          text={t(canManage ? "empty.text" : "empty.notManager")}
          action={add}
        />
      )}
      {members && members.length > 0 && (
        <ul aria-label={t("title")} className="divide-y rounded-lg border bg-card">
          {members.map((member) => (
            <MemberRow
              key={member.userId}
              member={member}
              isMe={member.userId === me.id}
              canManage={canManage}
              onChange={() => setOpen({ kind: "change", member })}
              onRemove={() => setOpen({ kind: "remove", member })}
            />
          ))}
        </ul>
      )}
      {open?.kind === "add" && <MemberDialog server={server} onClose={close} />}
      {open?.kind === "change" && <MemberDialog server={server} member={open.member} onClose={close} />}
      {open?.kind === "remove" && (
        <RemovalQuestion server={server} member={open.member} onRemove={remove} onClose={close} />
      )}
    </section>
  );
}

interface RemovalQuestionProps {
  server: Server;
  member: Member;
  onRemove: (member: Member) => void;
  onClose: () => void;
}

/** Asks before somebody is removed, or leaves. */
function RemovalQuestion({ server, member, onRemove, onClose }: RemovalQuestionProps) {
  const t = useTranslations("members");
  const isMe = useMe().id === member.userId;
  const name = member.username;
  return (
    <ConfirmDialog
      title={isMe ? t("leaveTitle", { server: server.name }) : t("removeTitle", { name })}
      text={isMe ? t("leaveText") : t("removeText", { name })}
      action={t(isMe ? "leave" : "remove")}
      onConfirm={() => onRemove(member)}
      onClose={onClose}
    />
  );
}

function useRemoval(server: Server): (member: Member) => void {
  const t = useTranslations("members");
  const me = useMe();
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const onError = useToastError();
  const { mutate } = useMutation(trpc.servers.removeMember.mutationOptions({ onError }));
  const canStay = me.permissions.includes("servers.view_all");
  return (member) =>
    mutate(
      { serverId: server.id, userId: member.userId },
      {
        onSuccess: () => {
          void client.invalidateQueries({ queryKey: trpc.servers.members.queryKey({ serverId: server.id }) });
          const hasLeft = member.userId === me.id;
          toast.success(hasLeft ? t("left", { server: server.name }) : t("removed", { name: member.username }));
          if (hasLeft && !canStay) router.push("/servers");
        },
      },
    );
}
