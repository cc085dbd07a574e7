"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/relative-time";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { useMe } from "@/domains/auth/ui/use-me";
import type { User } from "../contract";
import { SecondFactorMark, UserStateMark, YouMark } from "./user-marks";

/** The users as rows; on a narrow screen as cards. */
export function UsersList({ users }: { users: readonly User[] }) {
  const t = useTranslations("users");
  const roles = useTranslations("nav.roles");
  const { id: myId } = useMe();
  return (
    <>
      <div className="rounded-lg border bg-card max-md:hidden">
        <Table>
          <TableHeader>
            <TableRow className="hover:bg-transparent">
              <TableHead className="pl-4">{t("columns.name")}</TableHead>
              <TableHead>{t("columns.role")}</TableHead>
              <TableHead>{t("columns.state")}</TableHead>
              <TableHead>{t("columns.factor")}</TableHead>
              <TableHead className="text-right">{t("columns.servers")}</TableHead>
              <TableHead className="pr-4">{t("columns.lastSignIn")}</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {users.map((user) => (
              <TableRow key={user.id} className="relative h-11">
                <TableCell className="pl-4">
                  <span className="flex items-center gap-2">
                    <Link
                      href={`/users/${user.id}`}
                      className="font-medium break-all outline-none after:absolute after:inset-0 hover:underline focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
                    >
                      {user.username}
                    </Link>
                    {user.id === myId && <YouMark />}
                  </span>
                </TableCell>
                <TableCell className="whitespace-nowrap">{roles(user.role)}</TableCell>
                <TableCell>
                  <UserStateMark state={user.state} />
                </TableCell>
                <TableCell className="whitespace-nowrap">
                  <SecondFactorMark user={user} />
                </TableCell>
                <TableCell className="text-right tabular-nums">{user.serverCount}</TableCell>
                <TableCell className="pr-4 whitespace-nowrap text-muted-foreground">
                  <LastSignIn user={user} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      <ul aria-label={t("title")} className="grid gap-2 md:hidden">
        {users.map((user) => (
          <li key={user.id} className="relative grid gap-1.5 rounded-lg border bg-card p-4 focus-within:border-ring/60">
            <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
              <span className="flex min-w-0 items-center gap-2">
                <Link
                  href={`/users/${user.id}`}
                  className="font-semibold break-all outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-ring"
                >
                  {user.username}
                </Link>
                {user.id === myId && <YouMark />}
              </span>
              <UserStateMark state={user.state} />
            </div>
            <div className="flex flex-wrap gap-x-4 gap-y-1">
              <span>{roles(user.role)}</span>
              <SecondFactorMark user={user} />
            </div>
            <p className="flex flex-wrap gap-x-4 text-xs text-muted-foreground">
              <span>{t("serverCount", { count: user.serverCount })}</span>
              <span>
                {t("columns.lastSignIn")}: <LastSignIn user={user} />
              </span>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

function LastSignIn({ user }: { user: User }) {
  const t = useTranslations("users");
  return user.lastSignInAt ? <RelativeTime date={user.lastSignInAt} /> : t("neverSignedIn");
}
