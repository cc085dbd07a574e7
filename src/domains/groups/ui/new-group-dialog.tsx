"use client";

import { useMutation } from "@tanstack/react-query";
import { PlusIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
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
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { useErrorText } from "@/components/use-error-text";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { type GroupType, groupTypes } from "../contract";
import { useGroupChange } from "./use-group-change";

const fresh = "fresh";

/** A new group: empty, or with the players of a template. Its players come on its own page. */
export function NewGroupDialog() {
  const t = useTranslations("groups.create");
  const groups = useTranslations("groups");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const router = useRouter();
  const errorText = useErrorText();
  const { onSettled } = useGroupChange();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [type, setType] = useState<GroupType>("whitelist");
  const [from, setFrom] = useState(fresh);
  const { data: all } = useQuery({ ...trpc.groups.list.queryOptions(), enabled: isOpen });
  const templates = all?.filter(({ isTemplate }) => isTemplate) ?? [];
  const done = ({ id }: { id: string }) => {
    change(false);
    router.push(`/groups/${id}`);
  };
  const create = useMutation(trpc.groups.create.mutationOptions({ onSettled, onSuccess: done }));
  const copy = useMutation(trpc.groups.copy.mutationOptions({ onSettled, onSuccess: done }));
  const change = (open: boolean) => {
    setOpen(open);
    if (open) return;
    setName("");
    setFrom(fresh);
    create.reset();
    copy.reset();
  };
  const isBusy = create.isPending || copy.isPending;
  const failure = create.error ?? copy.error;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!name.trim() || isBusy) return;
    if (from === fresh) create.mutate({ name: name.trim(), type });
    else copy.mutate({ groupId: from, name: name.trim() });
  };
  return (
    <Dialog open={isOpen} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button className="max-md:h-11">
          <PlusIcon />
          {t("button")}
        </Button>
      </DialogTrigger>
      <DialogContent>
        <form onSubmit={submit} className="grid min-w-0 gap-4">
          <DialogHeader>
            <DialogTitle>{t("title")}</DialogTitle>
            <DialogDescription>{t("text")}</DialogDescription>
          </DialogHeader>
          <div className="grid gap-2">
            <Label htmlFor="group-name">{groups("name")}</Label>
            <Input
              id="group-name"
              value={name}
              onChange={({ target }) => setName(target.value)}
              maxLength={60}
              autoComplete="off"
              aria-describedby="group-fault"
              aria-invalid={failure !== null}
              className="max-md:h-11"
            />
            <p id="group-fault" role="alert" className="text-sm text-destructive empty:hidden">
              {failure && errorText(failure).text}
            </p>
          </div>
          {templates.length > 0 && (
            <div className="grid gap-2">
              <Label htmlFor="group-from">{t("from")}</Label>
              <Select value={from} onValueChange={setFrom}>
                <SelectTrigger id="group-from" className="w-full max-md:data-[size=default]:h-11">
                  <SelectValue />
                </SelectTrigger>
                <SelectContent>
                  <SelectItem value={fresh}>{t("fresh")}</SelectItem>
                  {templates.map((template) => (
                    <SelectItem key={template.id} value={template.id}>
                      {template.name} ({groups(`types.${template.type}`)})
                    </SelectItem>
                  ))}
                </SelectContent>
              </Select>
            </div>
          )}
          {from === fresh && (
            <div className="grid gap-2">
              <Label htmlFor="group-type">{groups("type")}</Label>
              <Select value={type} onValueChange={(value) => setType(value as GroupType)}>
                <SelectTrigger id="group-type" className="w-full max-md:data-[size=default]:h-11">
                  <SelectValue />
                </SelectTrigger>
                <SelectContent>
                  {groupTypes.map((value) => (
                    <SelectItem key={value} value={value}>
                      {groups(`types.${value}`)}
                    </SelectItem>
                  ))}
                </SelectContent>
              </Select>
              <p className="text-sm text-muted-foreground">{groups(`typeTexts.${type}`)}</p>
            </div>
          )}
          <DialogFooter>
            <Button variant="outline" onClick={() => change(false)} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={!name.trim() || isBusy} className="max-md:h-11">
              {t("submit")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
