"use client";

import "./globals.css";

/** The last resort, when the root layout itself failed: no texts, no provider, no request to ask for the language. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en" className="system">
      <body className="min-h-dvh">
        <main className="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center gap-4 p-6 text-center">
          <title>mcsd</title>
          <h1 className="text-lg font-semibold">mcsd cannot show this page at the moment</h1>
          <p className="text-muted-foreground">Your servers are not affected. Try again in a few seconds.</p>
          <p lang="ja" className="text-muted-foreground">
            現在このページを表示できません。サーバーには影響ありません。数秒後に再試行してください。
          </p>
          <button
            type="button"
            onClick={reset}
            className="h-9 rounded-md bg-primary px-4 font-medium text-primary-foreground"
          >
            Try again / <span lang="ja">再試行</span>
          </button>
        </main>
      </body>
    </html>
  );
}
