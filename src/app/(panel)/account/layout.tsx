import type { ReactNode } from "react";
import { AccountFrame } from "@/domains/auth/ui/account/account-frame";

export default function AccountLayout({ children }: { children: ReactNode }) {
  return <AccountFrame>{children}</AccountFrame>;
}
