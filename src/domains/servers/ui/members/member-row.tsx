"use client";

import { PencilIcon, UserIcon, UserMinusIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { Member } from "../../members-contract";
import { useShareWords } from "./use-share-words";

interface MemberRowProps {
  member: Member;
  isMe: boolean;
  canManage: boolean;
  onChange: () => void;
  onRemove: () => void;
}

/** One person with whom the server is shared, and what they may do. */
export function MemberRow({ member, isMe, canManage, onChange, onRemove }: MemberRowProps) {
  const t = useTranslations("members");
  const format = useFormatter();
  const { summary } = useShareWords();
  const name = member.username;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <UserIcon aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
      <div className="grid min-w-0 flex-1 basis-56 gap-0.5">
        <p className="flex items-center gap-2 font-medium">
          <span className="break-all">{name}</span>
          {isMe && <Badge variant="muted">{t("you")}</Badge>}
        </p>
        <ul aria-label={t("permissions")} className="flex flex-wrap gap-1.5 py-0.5">
          {summary(member.permissions).map((words) => (
            <li key={words}>
              <Badge variant="muted" className="font-normal whitespace-normal">
                {words}
              </Badge>
            </li>
          ))}
        </ul>
        <p className="text-xs text-muted-foreground">
          {t("since", { date: format.dateTime(member.createdAt, "day"), name: member.addedBy })}
        </p>
      </div>
      {canManage && (
        <div className="flex gap-2">
          <Button
            variant="outline"
            size="sm"
            aria-label={t("changeName", { name })}
            className="max-md:h-11"
            onClick={onChange}
          >
            <PencilIcon />
            {t("change")}
          </Button>
          <Button
            variant="ghost"
            size="sm"
            aria-label={t("removeName", { name })}
            className="max-md:h-11"
            onClick={onRemove}
          >
            <UserMinusIcon />
            {t("remove")}
          </Button>
        </div>
      )}
      {isMe && !canManage && (
        <Button variant="outline" size="sm" className="max-md:h-11" onClick={onRemove}>
          <UserMinusIcon />
          {t("leave")}
        </Button>
      )}
    </li>
  );
}
