"use client";

import { Trash2Icon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { User } from "../../contract";
import { DeleteUserDialog } from "./delete-user-dialog";

/** The way out: deleting the account. */
export function DeleteCard({ user }: { user: User }) {
  const t = useTranslations("users.delete");
  const [isOpen, setOpen] = useState(false);
  return (
    <Card className="border-destructive/40">
      <CardHeader>
        <CardTitle>{t("zone")}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 basis-64 text-muted-foreground">{t("zoneText")}</p>
        <Button variant="destructive" onClick={() => setOpen(true)} className="max-md:h-11">
          <Trash2Icon />
          {t("button")}
        </Button>
        {isOpen && <DeleteUserDialog user={user} onClose={() => setOpen(false)} />}
      </CardContent>
    </Card>
  );
}
