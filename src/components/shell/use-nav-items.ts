"use client";

import { useMe } from "@/domains/auth/ui/use-me";
import { type NavItem, navItems } from "./nav-items";

/** The pages that the signed-in person may open. */
export function useNavItems(): readonly NavItem[] {
  const { permissions } = useMe();
  return navItems.filter(({ permission }) => !permission || permissions.includes(permission));
}
