// @vitest-environment happy-dom
import { NextIntlClientProvider } from "next-intl";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, it } from "vitest";
import messages from "@/i18n/messages/en.json";
import { CommandForm } from "./command-form";

let root: Root;
let sent: string[];

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  localStorage.clear();
  sent = [];
  const host = document.body.appendChild(document.createElement("div"));
  root = createRoot(host);
});

afterEach(async () => {
  await act(() => root.unmount());
  document.body.replaceChildren();
});

async function show(blockedBecause: string | null = null) {
  await act(() =>
    root.render(
      <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
        <CommandForm
          serverId="s"
          players={["Ada", "Bob"]}
          blockedBecause={blockedBecause}
          isSending={false}
          onSend={(command) => sent.push(command)}
        />
      </NextIntlClientProvider>,
    ),
  );
}

const field = () => document.querySelector("input") as HTMLInputElement;
const options = () => [...document.querySelectorAll("[role=option]")].map((option) => option.textContent);

async function type(text: string) {
  await act(() => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value") ?? {};
    set?.call(field(), text);
    field().dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** True if the browser may still act on the key itself. */
async function press(key: string, shiftKey = false) {
  let isFree = true;
  await act(() => {
    isFree = field().dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
  });
  return isFree;
}

async function submit() {
  await act(() => {
    document.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });
}

it("sends the command without a slash, empties the field and remembers it", async () => {
  await show();
  await type("/say hello ");
  await submit();
  expect(sent).toEqual(["say hello"]);
  expect(field().value).toBe("");
  await press("ArrowUp");
  expect(field().value).toBe("say hello");
});

it("completes with Tab, opens a list where there is a choice, and lets Tab go after Escape", async () => {
  await show();
  await type("whi");
  expect(await press("Tab")).toBe(false);
  expect(field().value).toBe("whitelist ");
  await type("kick ");
  await press("Tab");
  expect(options()).toEqual(["Ada", "Bob"]);
  expect(field().getAttribute("aria-expanded")).toBe("true");
  await press("ArrowDown");
  await press("Enter");
  expect(field().value).toBe("kick Bob ");
  await type("ki");
  await press("Escape");
  expect(await press("Tab")).toBe(true);
});

it("does not hold the focus where nothing can be completed", async () => {
  await show();
  expect(await press("Tab")).toBe(true);
  await type("unheard-of");
  expect(await press("Tab")).toBe(true);
  await type("whi");
  expect(await press("Tab", true)).toBe(true);
});

it("says why a command cannot be sent", async () => {
  await show();
  await type("x".repeat(1_447));
  await submit();
  expect(document.querySelector("[role=alert]")?.textContent).toContain("1,446");
  expect(sent).toEqual([]);
  await show("The server is stopped.");
  expect(field().disabled).toBe(true);
  expect(field().placeholder).toBe("The server is stopped.");
});
