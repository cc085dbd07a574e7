"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { UserPlusIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import type { z } from "zod";
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
  DialogTrigger,
} from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { PasswordInput } from "@/domains/auth/ui/password-input";
import { useMe } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import { createUserInputSchema } from "../contract";
import { givableRoles } from "./acting-on";
import { RoleSelect } from "./role-select";

const schema = createUserInputSchema.pick({ username: true, password: true, role: true });
type Values = z.input<typeof schema>;
const empty: Values = { username: "", password: "", role: "user" };

/** A new account, ready to use. Nothing typed is lost when it is refused. */
export function CreateUserDialog() {
  const t = useTranslations("users.create");
  const users = useTranslations("users");
  const common = useTranslations("common");
  const me = useMe();
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const errorText = useErrorText();
  const [isOpen, setOpen] = useState(false);
  const form = useForm<Values, unknown, z.output<typeof schema>>({
    resolver: zodResolver(schema),
    defaultValues: empty,
  });
  const create = useMutation(
    trpc.users.create.mutationOptions({
      onSuccess: (user) => {
        void client.invalidateQueries({ queryKey: trpc.users.pathKey() });
        toast.success(t("done", { name: user.username }));
        change(false);
        router.push(`/users/${user.id}`);
      },
      onError: (error) => {
        if (setFieldErrors(form, error)) return;
        const { code, text } = errorText(error);
        const field = code === "PASSWORD_TOO_COMMON" ? "password" : code === "USERNAME_TAKEN" ? "username" : "root";
        form.setError(field, { type: code, message: text }, { shouldFocus: field !== "root" });
      },
    }),
  );
  const change = (open: boolean) => {
    setOpen(open);
    if (open) return;
    form.reset(empty);
    create.reset();
  };
  return (
    <Dialog open={isOpen} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button className="max-md:h-11">
          <UserPlusIcon />
          {t("button")}
        </Button>
      </DialogTrigger>
      <DialogContent>
        <Form {...form}>
          <form noValidate onSubmit={form.handleSubmit((values) => create.mutate(values))} className="grid gap-4">
            <DialogHeader>
              <DialogTitle>{t("title")}</DialogTitle>
              <DialogDescription>{t("text")}</DialogDescription>
            </DialogHeader>
            <LabelledField control={form.control} name="username" label={t("username")} hint={t("usernameHint")}>
              {(field) => (
                <Input {...field} autoComplete="off" autoCapitalize="none" spellCheck={false} className="max-md:h-11" />
              )}
            </LabelledField>
            <LabelledField control={form.control} name="password" label={t("password")} hint={t("passwordHint")}>
              {(field) => <PasswordInput {...field} autoComplete="new-password" />}
            </LabelledField>
            <LabelledField
              control={form.control}
              name="role"
              label={t("role")}
              hint={users(`roleTexts.${form.watch("role") ?? "user"}`)}
            >
              {(field) => <RoleSelect {...field} roles={givableRoles(me)} />}
            </LabelledField>
            <p role="alert" className="text-sm text-destructive empty:hidden">
              {form.formState.errors.root?.message}
            </p>
            <DialogFooter>
              <Button variant="outline" onClick={() => change(false)} className="max-md:h-11">
                {common("cancel")}
              </Button>
              <Button type="submit" disabled={create.isPending} className="max-md:h-11">
                {t(create.isPending ? "submitting" : "submit")}
              </Button>
            </DialogFooter>
          </form>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
