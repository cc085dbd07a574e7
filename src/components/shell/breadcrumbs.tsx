"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import {
  Breadcrumb,
  BreadcrumbItem,
  BreadcrumbLink,
  BreadcrumbList,
  BreadcrumbPage,
  BreadcrumbSeparator,
} from "@/components/ui/breadcrumb";
import { useCan } from "@/domains/auth/ui/use-me";
import { useSnapshotName } from "@/domains/snapshots/ui/use-snapshot-name";
import { cn } from "@/lib/cn";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { type Crumb, crumbsOf } from "./crumbs";

/** Where one is. A narrow screen shows the last part only, with the way up in the menu. */
export function Breadcrumbs() {
  const t = useTranslations("nav");
  const crumbs = crumbsOf(usePathname());
  return (
    <Breadcrumb aria-label={t("breadcrumb")} className="min-w-0 flex-1">
      <BreadcrumbList>
        {crumbs.map((crumb, index) => {
          const isLast = index === crumbs.length - 1;
          return (
            <Fragment key={crumb.href}>
              {index > 0 && <BreadcrumbSeparator className="hidden sm:block" />}
              <BreadcrumbItem className={cn(!isLast && "hidden sm:inline-flex")}>
                {isLast ? (
                  <BreadcrumbPage>
                    <CrumbName crumb={crumb} />
                  </BreadcrumbPage>
                ) : (
                  <BreadcrumbLink asChild>
                    <Link href={crumb.href}>
                      <CrumbName crumb={crumb} />
                    </Link>
                  </BreadcrumbLink>
                )}
              </BreadcrumbItem>
            </Fragment>
          );
        })}
      </BreadcrumbList>
    </Breadcrumb>
  );
}

function CrumbName({ crumb }: { crumb: Crumb }) {
  const t = useTranslations("nav");
  if (crumb.kind === "section") return t(crumb.name);
  if (crumb.kind === "page") return t(`crumbs.${crumb.name}`);
  if (crumb.kind === "group") return <GroupName groupId={crumb.groupId} />;
  if (crumb.kind === "snapshot") return <SnapshotName snapshotId={crumb.snapshotId} />;
  return crumb.kind === "user" ? <UserName userId={crumb.userId} /> : <ServerName serverId={crumb.serverId} />;
}

function ServerName({ serverId }: { serverId: string }) {
  const { data } = useQuery({ ...useTRPC().servers.get.queryOptions({ serverId }), retry: false });
  return data?.name ?? "…";
}

function SnapshotName({ snapshotId }: { snapshotId: string }) {
  const nameOf = useSnapshotName();
  const { data } = useQuery({ ...useTRPC().snapshots.get.queryOptions({ snapshotId }), retry: false });
  return data ? nameOf(data) : "…";
}

function UserName({ userId }: { userId: string }) {
  const canSee = useCan("users.view");
  const { data } = useQuery({ ...useTRPC().users.get.queryOptions({ userId }), retry: false, enabled: canSee });
  return data?.username ?? "…";
}

function GroupName({ groupId }: { groupId: string }) {
  const { data } = useQuery({ ...useTRPC().groups.get.queryOptions({ groupId }), retry: false });
  return data?.name ?? "…";
}
