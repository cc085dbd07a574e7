"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { z } from "zod";
import { LabelledField } from "@/components/labelled-field";
import { setFieldErrors } from "@/components/set-field-errors";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { usernameSchema } from "@/domains/auth/contract";
import { useTRPC } from "@/trpc/client";
import type { User } from "../../contract";

const schema = z.object({ username: usernameSchema });

/** Another name for the account, with which its owner signs in from then on. */
export function RenameDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useTranslations("users.rename");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { username: user.username } });
  const rename = useMutation(
    trpc.users.update.mutationOptions({
      onSuccess: (saved) => {
        client.setQueryData(trpc.users.get.queryKey({ userId: saved.id }), saved);
        // One's own name stands in the frame of the page, too.
        void client.invalidateQueries({ queryKey: trpc.auth.me.queryKey() });
        toast.success(t("done", { name: saved.username }));
        onClose();
      },
      onError: (error) => {
        if (!setFieldErrors(form, error))
          form.setError("username", { message: errorText(error).text }, { shouldFocus: true });
      },
    }),
  );
  const save = form.handleSubmit(({ username }) =>
    username === user.username ? onClose() : rename.mutate({ userId: user.id, username }),
  );
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="sm:max-w-md">
        <Form {...form}>
          <form noValidate onSubmit={save} className="grid gap-4">
            <DialogHeader>
              <DialogTitle className="break-words">{t("title", { name: user.username })}</DialogTitle>
              <DialogDescription>{t("text")}</DialogDescription>
            </DialogHeader>
            <LabelledField control={form.control} name="username" label={t("label")}>
              {(field) => (
                <Input {...field} autoComplete="off" autoCapitalize="none" spellCheck={false} className="max-md:h-11" />
              )}
            </LabelledField>
            <DialogFooter>
              <Button variant="outline" onClick={onClose} className="max-md:h-11">
                {common("cancel")}
              </Button>
              <Button type="submit" disabled={rename.isPending} className="max-md:h-11">
                {rename.isPending ? common("saving") : t("submit")}
              </Button>
            </DialogFooter>
          </form>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
