// @vitest-environment happy-dom
import { type DehydratedState, dehydrate, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, type ReactNode } from "react";
import { hydrateRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, expect, it } from "vitest";
import { FetchedAhead, NothingAhead } from "./fetched-ahead";
import { markLive } from "./live-mark";
import { useInfiniteQuery, useQuery } from "./use-query";

const never = () => new Promise<string>(() => {});
const endless = { initialPageParam: 0, getNextPageParam: () => null };

/** As on a page: a query that was fetched ahead, one that was not, and an endless one. */
function Part() {
  const ahead = useQuery({ queryKey: ["ahead"], queryFn: never });
  const late = useQuery({ queryKey: ["late"], queryFn: never });
  const list = useInfiniteQuery({ queryKey: ["list"], queryFn: never, ...endless });
  if (late.isPending) return <p>{ahead.data ?? "nothing"} and nothing late</p>;
  return (
    <section>
      {ahead.data} {late.data} {list.data?.pages.join()}
    </section>
  );
}

/** As the breadcrumbs: asks for what is fetched ahead further down. */
function Crumb() {
  return <b>{useQuery({ queryKey: ["ahead"], queryFn: never }).data ?? "…"}</b>;
}

function page(live: QueryClient, children: ReactNode) {
  return (
    <QueryClientProvider client={live}>
      <NothingAhead>
        <Crumb />
        {children}
      </NothingAhead>
    </QueryClientProvider>
  );
}

let state: DehydratedState;
let root: Root | undefined;
let faults: unknown[];

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  const server = new QueryClient();
  server.setQueryData(["ahead"], "stopped");
  state = dehydrate(server);
  faults = [];
});

afterEach(async () => {
  await act(async () => root?.unmount());
  document.body.replaceChildren();
});

async function takeOver(element: ReactNode, html: string) {
  const host = document.body.appendChild(document.createElement("div"));
  host.innerHTML = html;
  root = await act(async () => hydrateRoot(host, element, { onRecoverableError: (error) => faults.push(error) }));
  return host;
}

it("draws on the server with what was fetched ahead, though somebody above asks for it already", () => {
  const html = renderToString(
    page(
      new QueryClient(),
      <FetchedAhead state={state}>
        <Part />
      </FetchedAhead>,
    ),
  );
  expect(html).toContain("stopped");
});

it("takes over what was drawn although the cache has changed meanwhile, and then shows what it says now", async () => {
  const part = (
    <FetchedAhead state={state}>
      {/* An inner page hands over more; what is above still counts. */}
      <FetchedAhead state={dehydrate(new QueryClient())}>
        <Part />
      </FetchedAhead>
    </FetchedAhead>
  );
  const html = renderToString(page(new QueryClient(), part));
  const live = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  live.setQueryData(["ahead"], "running");
  live.setQueryData(["late"], "answered");
  live.setQueryData(["list"], { pages: ["one", "two"], pageParams: [0, 1] });
  const host = await takeOver(page(live, part), html);
  expect(faults).toEqual([]);
  expect(host.querySelector("section")?.textContent).toBe("running answered one,two");
  expect(host.querySelector("b")?.textContent).toBe("running");
  await act(async () => {
    live.setQueryData(["ahead"], "stopping");
    // The library tells its observers with the next turn of the event loop.
    await new Promise((resolve) => setTimeout(resolve));
  });
  expect(host.querySelector("section")?.textContent).toBe("stopping answered one,two");
});

it("fills a query that is asked for already, and leaves newer data alone", async () => {
  const live = new QueryClient();
  const part = (
    <FetchedAhead state={state}>
      <Part />
    </FetchedAhead>
  );
  const host = await takeOver(page(live, part), renderToString(page(new QueryClient(), part)));
  expect(host.querySelector("b")?.textContent).toBe("stopped");
  await act(async () => live.setQueryData(["ahead"], "running"));
  await act(async () => root?.render(page(live, <FetchedAhead state={{ ...state }}>{<Part />}</FetchedAhead>)));
  expect(host.querySelector("b")?.textContent).toBe("running");
});

it.each([
  ["asks again for what comes when the stream stands already", true],
  ["leaves what comes before it to the stream's beginning", false],
])("%s", async (_, isStanding) => {
  const live = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  if (isStanding) markLive(live);
  const part = (
    <FetchedAhead state={state}>
      <Part />
    </FetchedAhead>
  );
  await takeOver(page(live, part), renderToString(page(new QueryClient(), part)));
  expect(live.getQueryState(["ahead"])).toMatchObject({
    data: "stopped",
    fetchStatus: isStanding ? "fetching" : "idle",
  });
});
