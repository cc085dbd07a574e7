import { afterAll, beforeAll, it } from "vitest";
import { type Program, startProgram } from "./program";
import { clientOf } from "./program-people";
import { addServer } from "./program-servers";
import { callProcedure } from "./program-calls";
let program: Program;
beforeAll(async () => { program = await startProgram(); });
afterAll(() => program?.end());
it("x", async () => {
  const owner = await clientOf(program);
  const { id } = await addServer(program, owner);
  const stranger = await clientOf(program);
  stranger.console.stream.subscribe({ serverId: id }, { onData: (d) => console.log("data", d), onError: (e) => console.log("err", e), onConnectionStateChange: (s) => console.log(s), onStopped: () => console.log("stopped"), onStarted: () => console.log("started"), onComplete: () => console.log("complete") });
  await new Promise((r) => setTimeout(r, 3000));
});
