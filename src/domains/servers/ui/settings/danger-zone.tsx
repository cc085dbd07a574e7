"use client";

import { Trash2Icon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { Server } from "../../contract";
import { usePermission } from "../use-permission";
import { DeleteDialog } from "./delete-dialog";

/** The way out: deleting the server. */
export function DangerZone({ server }: { server: Server }) {
  const t = useTranslations("servers.delete");
  const { can } = usePermission();
  const [isOpen, setOpen] = useState(false);
  const canDelete = can(server, "delete");
  return (
    <Card className="border-destructive/40">
      <CardHeader>
        <CardTitle>{t("zone")}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 basis-64 text-sm text-muted-foreground">
          {t(canDelete ? "zoneText" : "notStopped")}
        </p>
        <Button variant="destructive" disabled={!canDelete} onClick={() => setOpen(true)} className="max-md:h-11">
          <Trash2Icon aria-hidden="true" />
          {t("button")}
        </Button>
        <DeleteDialog server={server} isOpen={isOpen} onOpen={setOpen} />
      </CardContent>
    </Card>
  );
}
