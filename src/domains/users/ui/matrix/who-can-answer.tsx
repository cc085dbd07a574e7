"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { Permission } from "@/domains/auth/permissions";
import type { User } from "../../contract";
import { whoCan } from "./who-can";

/** The answer to "who can …?" in words. */
export function WhoCanAnswer({ permission, people }: { permission: Permission; people: readonly User[] }) {
  const t = useTranslations("users.matrix");
  const names = useTranslations("nav.roles");
  const format = useFormatter();
  const { roles, granted, denied } = whoCan(people, permission);
  const list = roles.length > 0 ? format.list(roles.map((role) => names(role))) : "none";
  return (
    <div role="status" className="mb-4 grid gap-2 rounded-lg border bg-card px-4 py-3">
      <p className="font-medium">{t("whoRoles", { roles: list })}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1">
        <dt className="text-muted-foreground">{t("whoGranted")}</dt>
        <dd>
          <Names people={granted} />
        </dd>
        <dt className="text-muted-foreground">{t("whoDenied")}</dt>
        <dd>
          <Names people={denied} />
        </dd>
      </dl>
    </div>
  );
}

function Names({ people }: { people: readonly User[] }) {
  const t = useTranslations("users.matrix");
  if (people.length === 0) return <span className="text-muted-foreground">{t("whoNobody")}</span>;
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {people.map(({ id, username }) => (
        <Link key={id} href={`/users/${id}`} className="break-all text-primary hover:underline">
          {username}
        </Link>
      ))}
    </span>
  );
}
