"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useDisplay } from "@/components/use-display";
import { useToastError } from "@/components/use-toast-error";
import { useTRPC } from "@/trpc/client";
import type { Locale, Theme } from "../contract";

/** Language, theme and time zone of the account: seen at once, and the same on every device from then on. */
export function usePreferences() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const { showTheme, keepLocale } = useDisplay();
  const save = useMutation(
    trpc.auth.setPreferences.mutationOptions({
      onSuccess: (me) => {
        client.setQueryData(trpc.auth.me.queryKey(), me);
        router.refresh();
      },
      onError: useToastError(),
    }),
  );
  return {
    setTheme(theme: Theme) {
      showTheme(theme);
      save.mutate({ theme });
    },
    setLocale(locale: Locale) {
      keepLocale(locale);
      save.mutate({ locale });
    },
    /** Null: the browser's. */
    setTimeZone(timeZone: string | null) {
      save.mutate({ timeZone });
    },
    isSaving: save.isPending,
  };
}
