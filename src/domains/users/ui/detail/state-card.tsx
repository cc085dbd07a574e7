"use client";

import { useMutation } from "@tanstack/react-query";
import { CheckIcon, CirclePauseIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { useCan } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import type { User } from "../../contract";
import { useUserChange } from "../use-user-change";
import { UserStateMark } from "../user-marks";

interface StateCardProps {
  user: User;
  isSelf: boolean;
  /** Nothing stands in the way of acting on this person. */
  isFree: boolean;
}

/** The state of the account, what it means, and the ways out of it. */
export function StateCard({ user, isSelf, isFree }: StateCardProps) {
  const t = useTranslations("users");
  const trpc = useTRPC();
  const change = useUserChange();
  const canApprove = useCan("users.approve") && !isSelf;
  const canUpdate = useCan("users.update") && isFree;
  const [isAsking, setAsking] = useState(false);
  const done = (kind: "approve" | "reject" | "activate" | "deactivate") =>
    change(({ username }) => t(`state.done.${kind}`, { name: username }));
  const approve = useMutation(trpc.users.approve.mutationOptions(done("approve")));
  const reject = useMutation(trpc.users.reject.mutationOptions(done("reject")));
  const activate = useMutation(trpc.users.update.mutationOptions(done("activate")));
  const deactivate = useMutation(trpc.users.update.mutationOptions(done("deactivate")));
  const isPending = [approve, reject, activate, deactivate].some((mutation) => mutation.isPending);
  const userId = user.id;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("state.title")}</CardTitle>
      </CardHeader>
      <CardContent className="grid flex-1 content-start gap-3">
        <UserStateMark state={user.state} />
        <p className="text-muted-foreground">{t(`stateTexts.${user.state}`)}</p>
        <div className="flex flex-wrap gap-2 empty:hidden">
          {canApprove && !user.isApproved && (
            <Button size="sm" disabled={isPending} className="max-md:h-11" onClick={() => approve.mutate({ userId })}>
              <CheckIcon />
              {t("state.approve")}
            </Button>
          )}
          {canApprove && user.state === "waiting" && (
            <Button
              size="sm"
              variant="outline"
              disabled={isPending}
              className="max-md:h-11"
              onClick={() => reject.mutate({ userId })}
            >
              <XIcon />
              {t("state.reject")}
            </Button>
          )}
          {canUpdate && user.state === "active" && (
            <Button
              size="sm"
              variant="outline"
              disabled={isPending}
              className="max-md:h-11"
              onClick={() => setAsking(true)}
            >
              <CirclePauseIcon />
              {t("state.deactivate")}
            </Button>
          )}
          {canUpdate && user.state === "deactivated" && (
            <Button
              size="sm"
              disabled={isPending}
              className="max-md:h-11"
              onClick={() => activate.mutate({ userId, isActive: true })}
            >
              <CheckIcon />
              {t("state.activate")}
            </Button>
          )}
        </div>
        {isAsking && (
          <ConfirmDialog
            title={t("state.deactivateTitle", { name: user.username })}
            text={t("state.deactivateText", { name: user.username })}
            action={t("state.deactivate")}
            onConfirm={() => deactivate.mutate({ userId, isActive: false })}
            onClose={() => setAsking(false)}
          />
        )}
      </CardContent>
    </Card>
  );
}
