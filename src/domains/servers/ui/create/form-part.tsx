import type { ReactNode } from "react";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";

interface FormPartProps {
  number: number;
  title: string;
  text: string;
  children: ReactNode;
}

/** One of the parts of a long form, numbered, with its heading. */
export function FormPart({ number, title, text, children }: FormPartProps) {
  return (
    <section>
      <Card className="gap-5">
        <CardHeader>
          <CardTitle className="flex items-center gap-2.5">
            <span
              aria-hidden="true"
              className="inline-flex size-5 items-center justify-center rounded-full bg-secondary text-xs font-medium text-secondary-foreground tabular-nums"
            >
              {number}
            </span>
            {title}
          </CardTitle>
          <CardDescription>{text}</CardDescription>
        </CardHeader>
        <CardContent className="grid gap-5">{children}</CardContent>
      </Card>
    </section>
  );
}
