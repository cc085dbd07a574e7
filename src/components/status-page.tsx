import type { ReactNode } from "react";
import { Logo } from "./logo";

interface StatusPageProps {
  icon: ReactNode;
  title: ReactNode;
  text: ReactNode;
  /** What can be done about it. */
  children?: ReactNode;
}

/** A whole page that says one thing: not found, waiting for approval, no database. */
export function StatusPage({ icon, title, text, children }: StatusPageProps) {
  return (
    <main
      id="content"
      className="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center gap-6 p-6 text-center"
    >
      <Logo />
      <div className="grid justify-items-center gap-2">
        <span aria-hidden="true" className="text-muted-foreground [&_svg]:size-8 [&_svg]:stroke-[1.5]">
          {icon}
        </span>
        <h1 className="text-lg font-semibold text-balance">{title}</h1>
        <p className="text-pretty text-muted-foreground">{text}</p>
      </div>
      {children && <div className="flex flex-wrap justify-center gap-2">{children}</div>}
    </main>
  );
}
