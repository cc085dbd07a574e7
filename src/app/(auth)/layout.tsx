import type { ReactNode } from "react";
import { DisplayChoices } from "@/components/display-choices";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <div className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center px-4 py-10">{children}</div>
      <footer className="flex justify-center gap-2 p-4">
        <DisplayChoices />
      </footer>
    </div>
  );
}
