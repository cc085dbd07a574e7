import type { ReactNode } from "react";
import { Logo } from "@/components/logo";

interface AuthCardProps {
  title: ReactNode;
  text?: ReactNode;
  children?: ReactNode;
}

/** The frame of the pages before sign-in. */
export function AuthCard({ title, text, children }: AuthCardProps) {
  return (
    <main className="grid gap-6">
      <Logo className="justify-center text-foreground" />
      <section className="grid gap-6 rounded-lg border bg-card p-6">
        <div className="grid gap-1">
          <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
          {text && <p className="text-pretty text-muted-foreground">{text}</p>}
        </div>
        {children}
      </section>
    </main>
  );
}
