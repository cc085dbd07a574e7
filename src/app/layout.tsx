import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { Announcer } from "@/components/live/announcer";
import { TimeZoneSync } from "@/components/time-zone-sync";
import { Toaster } from "@/components/ui/sonner";
import { TooltipProvider } from "@/components/ui/tooltip";
import { ApiProvider } from "@/trpc/client";
import { currentMe } from "./current-me";
import { currentTheme } from "./current-theme";
import "./globals.css";

// Language, theme and the script nonce are those of the request.
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "mcsd", template: "%s · mcsd" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "dark light" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, theme, { common, auth, errors, time }, me] = await Promise.all([
    getLocale(),
    currentTheme(),
    getMessages(),
    currentMe().catch(() => null),
  ]);
  return (
    <html lang={locale} className={theme}>
      <body className="min-h-dvh">
        {/* The pages before sign-in need these texts only; the panel's layout hands out all. */}
        <NextIntlClientProvider messages={{ common, auth, errors, time }}>
          <ApiProvider>
            <TooltipProvider>
              <Announcer>{children}</Announcer>
            </TooltipProvider>
          </ApiProvider>
          <Toaster />
          <TimeZoneSync isChosen={Boolean(me?.timeZone)} />
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
