"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { type Permission, roles } from "@/domains/auth/permissions";
import { groupPermissions } from "@/domains/auth/ui/group-permissions";
import type { User } from "../../contract";
import { CellMark } from "./cell-mark";
import { cellOf } from "./who-can";

interface MatrixTableProps {
  permissions: readonly Permission[];
  people: readonly User[];
}

const sticky = "sticky left-0 z-10 bg-card";

/** Permissions by roles and people. Scrolls inside itself; the permission's name stays in sight. */
export function MatrixTable({ permissions, people }: MatrixTableProps) {
  const t = useTranslations("users.matrix");
  const names = useTranslations("nav.roles");
  const texts = useTranslations("auth");
  const columns = 1 + roles.length + people.length;
  return (
    <section
      aria-label={t("scroll")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="relative max-h-[max(20rem,calc(100dvh-14rem))] overflow-auto rounded-lg border bg-card outline-none focus-visible:outline-2 focus-visible:outline-ring"
    >
      <table className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky top-0 left-0 z-30 border-r border-b bg-card px-3 py-2 text-left text-xs font-medium text-muted-foreground"
            >
              {t("permission")}
            </th>
            {roles.map((role) => (
              <th
                key={role}
                scope="col"
                className="sticky top-0 z-20 border-b bg-card px-2 py-2 text-center text-xs font-medium md:min-w-28"
              >
                {names(role)}
              </th>
            ))}
            {people.map((person) => (
              <th
                key={person.id}
                scope="col"
                className="sticky top-0 z-20 border-b border-l bg-card px-2 py-2 text-center text-xs font-medium"
              >
                <Link href={`/users/${person.id}`} className="inline-block max-w-32 truncate hover:underline">
                  {person.username}
                </Link>
                <span className="block font-normal text-muted-foreground">{names(person.role)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groupPermissions(permissions).map(({ group, permissions: inGroup }) => (
            <Fragment key={group}>
              <tr>
                <th
                  scope="colgroup"
                  colSpan={columns}
                  className="border-b bg-muted px-3 py-1.5 text-left text-xs font-medium text-muted-foreground"
                >
                  <span className="sticky left-3">{texts(`permissionGroups.${group}`)}</span>
                </th>
              </tr>
              {inGroup.map((name) => (
                <tr key={name} className="hover:[&>*]:bg-muted">
                  <th
                    scope="row"
                    title={name}
                    className={`${sticky} max-w-40 min-w-32 border-r border-b px-3 py-1.5 text-left font-normal md:max-w-none`}
                  >
                    {texts(`permissions.${name}`)}
                  </th>
                  {roles.map((role) => (
                    <td key={role} className="border-b px-2 py-1.5 text-center">
                      <CellMark cell={cellOf({ role, granted: [], denied: [] }, name)} />
                    </td>
                  ))}
                  {people.map((person) => (
                    <td key={person.id} className="border-b border-l px-2 py-1.5 text-center">
                      <CellMark cell={cellOf(person, name)} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}
