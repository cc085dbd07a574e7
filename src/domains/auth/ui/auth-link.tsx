import Link from "next/link";
import type { ReactNode } from "react";

/** A link inside a sentence of the pages before sign-in. */
export function AuthLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="rounded-sm font-medium text-primary underline underline-offset-4">
      {children}
    </Link>
  );
}
