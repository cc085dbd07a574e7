"use client";

import { MonitorIcon, SmartphoneIcon, TerminalIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { Session } from "../../contract";
import { signOutHere } from "../sign-out-here";
import { AccountRow } from "./account-list";
import { describeUserAgent } from "./describe-user-agent";
import { useDeviceName } from "./use-device-name";

const icons = { computer: MonitorIcon, phone: SmartphoneIcon, program: TerminalIcon };

interface SessionRowProps {
  session: Session;
  isEnding: boolean;
  onEnd: () => void;
}

export function SessionRow({ session, isEnding, onEnd }: SessionRowProps) {
  const t = useTranslations("auth");
  const { address, createdAt, isCurrent, lastSeenAt, signedInWith, userAgent } = session;
  const device = useDeviceName()(userAgent);
  return (
    <AccountRow
      icon={icons[describeUserAgent(userAgent).kind]}
      title={
        <>
          <span title={userAgent}>{device}</span>
          {isCurrent && <Badge variant="success">{t("sessions.current")}</Badge>}
        </>
      }
      facts={[
        t("sessions.from", { address }),
        t.rich("sessions.since", {
          time: () => <RelativeTime date={createdAt} />,
          method: t(`sessions.method.${signedInWith}`),
        }),
        lastSeenAt && !isCurrent && t.rich("sessions.seen", { time: () => <RelativeTime date={lastSeenAt} /> }),
      ].filter(Boolean)}
      actions={
        isCurrent ? (
          <Button variant="ghost" size="sm" className="max-md:h-11" onClick={() => void signOutHere()}>
            {t("signOut")}
          </Button>
        ) : (
          <Button
            variant="outline"
            size="sm"
            className="max-md:h-11"
            disabled={isEnding}
            aria-label={t("sessions.endNamed", { device, address })}
            onClick={onEnd}
          >
            {t("sessions.end")}
          </Button>
        )
      }
    />
  );
}
