// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import { act } from "react";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { AppRouter } from "@/server/trpc/root";
import { buttonNamed, clearPage, click, find, show, submit, type } from "@/test/render";
import { TRPCProvider } from "@/trpc/client";
import { ProofProvider, type Prove, proofGivenUp, useProof } from "./proof-provider";

let prove: Prove;

function Asker() {
  prove = useProof();
  return null;
}

const refusal = (code: string) => ({ data: { error: { code, message: code, details: {} } } });
const needsPassword = async (password?: string) => {
  if (password === undefined) throw refusal("REAUTHENTICATION_REQUIRED");
  if (password !== "right") throw refusal("PASSWORD_WRONG");
  return "done";
};

beforeEach(async () => {
  const client = createTRPCClient<AppRouter>({ links: [] });
  const queryClient = new QueryClient({ defaultOptions: { queries: { enabled: false } } });
  await show(
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        <ProofProvider>
          <Asker />
        </ProofProvider>
      </TRPCProvider>
    </QueryClientProvider>,
  );
});
afterEach(clearPage);

const dialog = () => document.querySelector("[role=dialog]");
const field = () => find<HTMLInputElement>("[role=dialog] input[autocomplete=current-password]");

async function ask(action: (password?: string) => Promise<unknown>) {
  const settled: { value?: unknown; error?: unknown } = {};
  await act(async () => {
    prove(action).then(
      (value) => {
        settled.value = value;
      },
      (error) => {
        settled.error = error;
      },
    );
  });
  return settled;
}

it("asks nothing when the server does not", async () => {
  expect(await ask(async () => "at once")).toEqual({ value: "at once" });
  const failure = refusal("TOTP_ALREADY_ON");
  expect(await ask(() => Promise.reject(failure))).toEqual({ error: failure });
  expect(dialog()).toBeNull();
});

it("asks for the password, keeps asking while it is wrong, and goes on with the right one", async () => {
  const settled = await ask(needsPassword);
  expect(dialog()).not.toBeNull();
  expect(document.activeElement).toBe(field());
  await type(field(), "wrong");
  await submit(find("[role=dialog] form"));
  expect(dialog()?.textContent).toContain("The password is not right.");
  expect(settled).toEqual({});
  await type(field(), "right");
  await submit(find("[role=dialog] form"));
  expect(settled).toEqual({ value: "done" });
  expect(dialog()).toBeNull();
});

it("hands on what failed for another reason than the password", async () => {
  const settled = await ask(async (password) => {
    throw refusal(password === undefined ? "REAUTHENTICATION_REQUIRED" : "CODE_WRONG");
  });
  await type(field(), "right");
  await submit(find("[role=dialog] form"));
  expect(settled.error).toMatchObject({ data: { error: { code: "CODE_WRONG" } } });
  expect(dialog()).toBeNull();
});

it("gives up when the question is closed", async () => {
  const settled = await ask(needsPassword);
  await click(buttonNamed("Cancel"));
  expect(settled.error).toBe(proofGivenUp);
  expect(dialog()).toBeNull();
});
