import {
  Gamepad2Icon,
  LayersIcon,
  type LucideIcon,
  ScrollTextIcon,
  ServerIcon,
  SlidersHorizontalIcon,
  UsersIcon,
  UsersRoundIcon,
} from "lucide-react";
import type { Permission } from "@/domains/auth/permissions";

export interface NavItem {
  key: "servers" | "groups" | "players" | "versions" | "users" | "audit" | "system";
  href: string;
  icon: LucideIcon;
  /** Second key after `g`. */
  shortcut: string;
  permission?: Permission;
}

/** The pages of the sidebar, the palette and the shortcuts. */
export const navItems: readonly NavItem[] = [
  { key: "servers", href: "/servers", icon: ServerIcon, shortcut: "s" },
  { key: "groups", href: "/groups", icon: UsersRoundIcon, shortcut: "g", permission: "groups.view" },
  { key: "players", href: "/players", icon: Gamepad2Icon, shortcut: "p" },
  { key: "versions", href: "/versions", icon: LayersIcon, shortcut: "v" },
  { key: "users", href: "/users", icon: UsersIcon, shortcut: "u", permission: "users.view" },
  { key: "audit", href: "/audit", icon: ScrollTextIcon, shortcut: "a", permission: "system.update_settings" },
  { key: "system", href: "/system", icon: SlidersHorizontalIcon, shortcut: "y", permission: "system.view_health" },
];
