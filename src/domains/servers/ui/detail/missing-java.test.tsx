// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { NextIntlClientProvider } from "next-intl";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, it } from "vitest";
import { TooltipProvider } from "@/components/ui/tooltip";
import type { Permission } from "@/domains/auth/permissions";
import en from "@/i18n/messages/en.json";
import type { AppRouter } from "@/server/trpc/root";
import { TRPCProvider } from "@/trpc/client";
import type { Server } from "../../contract";
import { MissingJava } from "./missing-java";

const live = { playersOnline: null };
const server = { id: "a", ownerId: "me", name: "Keep", state: "stopped", launchKind: "host", live } as Server;
let root: Root;
let majors: number[];
let installed: unknown[];

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  [majors, installed] = [[17], []];
  root = createRoot(document.body.appendChild(document.createElement("div")));
});
afterEach(async () => {
  await act(() => root.unmount());
  document.body.replaceChildren();
});

const settled = () => act(() => new Promise((resolve) => setTimeout(resolve, 20)));
const buttons = () => [...document.querySelectorAll("button")].map(({ textContent }) => textContent);

async function show(permissions: Permission[], shown: Server, major = 21) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const answer = (path: string, input: unknown): unknown => {
    if (path === "auth.me") return { id: "me", permissions, sharedServers: {} };
    if (path === "servers.listJava") return majors.map((known) => ({ major: known }));
    if (path === "jobs.get") return { id: "j", kind: "servers.installJava", status: "succeeded" };
    installed.push(input);
    majors.push(21);
    return { jobId: "j" };
  };
  const api = createTRPCClient<AppRouter>({
    links: [
      () =>
        ({ op }) =>
          observable((observer) => {
            observer.next({ result: { data: answer(op.path, op.input) } });
            observer.complete();
          }),
    ],
  });
  await act(() =>
    root.render(
      <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
        <QueryClientProvider client={client}>
          <TRPCProvider trpcClient={api} queryClient={client}>
            <TooltipProvider>
              <MissingJava server={shown} major={major} />
            </TooltipProvider>
          </TRPCProvider>
        </QueryClientProvider>
      </NextIntlClientProvider>,
    ),
  );
  await settled();
}

it("fetches the Java that is missing, and then offers the start", async () => {
  await show(["servers.view", "servers.start", "system.update_settings"], server);
  expect(buttons()).toEqual(["Install Java 21"]);
  await act(() => document.querySelector("button")?.click());
  await settled();
  expect(installed).toEqual([{ javaMajor: 21 }]);
  expect(document.body.textContent).toContain("Java 21 is here now.");
  expect(buttons()).toEqual(["Start"]);
});

it.each([
  ["to somebody who may not install it", ["servers.view", "servers.start"], server, 21],
  ["that nobody has", ["servers.view", "system.update_settings"], server, 22],
  ["to a server in a container", ["servers.view", "system.update_settings"], { ...server, launchKind: "dood" }, 21],
] as const)("offers none %s", async (_, permissions, shown, major) => {
  await show([...permissions], shown as Server, major);
  expect(buttons()).toEqual([]);
});
