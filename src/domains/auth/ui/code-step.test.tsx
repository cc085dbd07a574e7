// @vitest-environment happy-dom
import { afterEach, expect, it } from "vitest";
import { buttonNamed, clearPage, click, find, show, submit, type } from "@/test/render";
import { CodeStep } from "./code-step";
import type { SignInOutcome } from "./sign-in-outcome";

afterEach(clearPage);

const codes: string[] = [];
let wentBack = 0;

async function showStep(outcome: SignInOutcome) {
  codes.length = 0;
  wentBack = 0;
  await show(
    <CodeStep
      username="ada"
      isDone={false}
      onCode={async (code) => {
        codes.push(code);
        return outcome;
      }}
      onBack={() => {
        wentBack++;
      }}
    />,
  );
}

const field = () => find<HTMLInputElement>("input");

it("has the focus in the field, says who signs in and lets phones fill the code in", async () => {
  await showStep({ kind: "ok" });
  expect(document.activeElement).toBe(field());
  expect(document.body.textContent).toContain("ada");
  expect(field().autocomplete).toBe("one-time-code");
});

it("sends the code once and stays with it, selected, when it is wrong", async () => {
  await showStep({ kind: "codeWrong" });
  await type(field(), " 123456 ");
  buttonNamed("Back").focus();
  await submit(find("form"));
  expect(codes).toEqual(["123456"]);
  expect(field().value).toBe(" 123456 ");
  expect(document.activeElement).toBe(field());
  expect([field().selectionStart, field().selectionEnd]).toEqual([0, field().value.length]);
  expect(wentBack).toBe(0);
});

it("does not send what can be no code", async () => {
  await showStep({ kind: "ok" });
  await type(field(), "123");
  await submit(find("form"));
  expect(codes).toEqual([]);
  expect(field().getAttribute("aria-invalid")).toBe("true");
});

it("goes back when the password no longer holds, and when asked to", async () => {
  await showStep({ kind: "wrong" });
  await type(field(), "123456");
  await submit(find("form"));
  expect(wentBack).toBe(1);
  await click(buttonNamed("Back"));
  expect(wentBack).toBe(2);
});
