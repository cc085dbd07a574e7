"use client";

import { useTranslations } from "next-intl";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { Role } from "@/domains/auth/permissions";

interface RoleSelectProps extends Omit<React.ComponentProps<typeof SelectTrigger>, "value" | "onChange" | "children"> {
  value: Role | undefined;
  onChange: (role: Role) => void;
  /** Those on offer. */
  roles: readonly Role[];
}

/** One role, as the field of a form: what the form ties to the field goes to the button that is pressed. */
export function RoleSelect({ value, onChange, roles, name: _name, ...trigger }: RoleSelectProps) {
  const names = useTranslations("nav.roles");
  return (
    <Select value={value} onValueChange={(next) => onChange(next as Role)}>
      <SelectTrigger {...trigger} className="w-full max-md:data-[size=default]:h-11">
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {roles.map((role) => (
          <SelectItem key={role} value={role}>
            {names(role)}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
