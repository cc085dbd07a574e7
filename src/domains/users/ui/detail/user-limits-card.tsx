"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { useCan } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { noLimits, type User } from "../../contract";
import { LimitsForm } from "../limits-form";
import { strictestLimit, wholeLimits } from "../strictest-limit";
import { useLimitText } from "../use-limit-text";

/** The person's own limits, beside those for everybody and what holds in the end. */
export function UserLimitsCard({ user, canChange }: { user: User; canChange: boolean }) {
  const t = useTranslations("users.limits");
  const limitText = useLimitText();
  const trpc = useTRPC();
  const client = useQueryClient();
  const canSeeOthers = useCan("system.view_settings");
  const { data: everyones } = useQuery(trpc.system.limits.queryOptions(undefined, { enabled: canSeeOthers }));
  const save = useMutation(
    trpc.users.setLimits.mutationOptions({
      onSuccess: (saved) => {
        client.setQueryData(trpc.users.get.queryKey({ userId: user.id }), saved);
        toast.success(t("saved"));
      },
    }),
  );
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardDescription>{t("text")}</CardDescription>
      </CardHeader>
      <CardContent>
        <LimitsForm
          limits={wholeLimits(user.limits)}
          canChange={canChange}
          onSave={(limits) => save.mutateAsync({ userId: user.id, limits })}
          hint={(name, typed) =>
            everyones && (
              <>
                <span>{t("forEveryone", { value: limitText(name, everyones[name]) })}</span>
                <span className="font-medium text-foreground">
                  {t("holds", {
                    value: limitText(
                      name,
                      strictestLimit(name, { application: everyones, user: { ...noLimits, [name]: typed } }),
                    ),
                  })}
                </span>
              </>
            )
          }
        />
      </CardContent>
    </Card>
  );
}
