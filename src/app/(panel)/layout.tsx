import { dehydrate, QueryClient } from "@tanstack/react-query";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { currentMe } from "@/app/current-me";
import { entryPath } from "@/app/entry-path";
import { isDatabaseDown } from "@/app/is-database-down";
import { queryKeys } from "@/app/query-keys";
import { DatabaseDown } from "@/components/database-down";
import { KeepSession } from "@/components/keep-session";
import { AppShell } from "@/components/shell/app-shell";
import { EnrolPage } from "@/domains/auth/ui/enrol-page";
import { WaitingPage } from "@/domains/auth/ui/waiting-page";
import { UploadPanel } from "@/domains/files/ui/upload/upload-panel";
import { sidebarCookie } from "@/i18n/cookies";
import { bridge } from "@/server/bridge";
import { FetchedAhead } from "@/trpc/fetched-ahead";

/** The gate of the panel: signed in and approved, or elsewhere. The shell gets every text and who is asking. */
export default async function PanelLayout({ children }: { children: ReactNode }) {
  const known = await whoIsThere().catch((error) => {
    if (isDatabaseDown(error)) return null;
    throw error;
  });
  if (!known) return <DatabaseDown />;
  const { me, isSetupNeeded } = known;
  if (!me) redirect(isSetupNeeded ? "/setup" : await entryPath(await currentPath()));
  if (!me.isApproved) return <WaitingPage me={me} />;

  const client = new QueryClient();
  client.setQueryData(queryKeys(client).auth.me.queryKey(), me);
  if (me.mustEnrol)
    return (
      <FetchedAhead state={dehydrate(client)}>
        <KeepSession />
        <EnrolPage />
      </FetchedAhead>
    );
  const isSidebarCollapsed = (await cookies()).get(sidebarCookie)?.value === "collapsed";
  return (
    <NextIntlClientProvider>
      <FetchedAhead state={dehydrate(client)}>
        <KeepSession />
        <AppShell isSidebarCollapsed={isSidebarCollapsed}>{children}</AppShell>
        <UploadPanel />
      </FetchedAhead>
    </NextIntlClientProvider>
  );
}

async function whoIsThere() {
  const me = await currentMe();
  return { me, isSetupNeeded: !me && (await bridge().isSetupNeeded()) };
}

/** A layout is not told its address; main.ts writes it into a header. Next adds `_rsc` when it asks for a part of a page. */
async function currentPath(): Promise<string> {
  const path = (await headers()).get("x-mcsd-path") ?? "/servers";
  return path.replace(/[?&]_rsc=[^&]*/, "");
}
