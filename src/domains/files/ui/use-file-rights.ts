"use client";

import { useMe } from "@/domains/auth/ui/use-me";
import type { Server } from "@/domains/servers/contract";
import { mayWith } from "@/domains/servers/ui/server-rights";

export interface FileRights {
  view: boolean;
  edit: boolean;
  upload: boolean;
  download: boolean;
  delete: boolean;
}

/** What the signed-in person may do with the files of that server. What is not allowed is not offered. */
export function useFileRights(server: Pick<Server, "id" | "ownerId">): FileRights {
  const me = useMe();
  return {
    view: mayWith(me, server, "files.view"),
    edit: mayWith(me, server, "files.edit"),
    upload: mayWith(me, server, "files.upload"),
    download: mayWith(me, server, "files.download"),
    delete: mayWith(me, server, "files.delete"),
  };
}
