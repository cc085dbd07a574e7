import { createLineCounter, type LineCount } from "./count-lines";
import { openEventStream, type StreamEvent } from "./event-stream";
import { answerQuestions } from "./role";

/** What the process of subscribers can be asked for, one after the other: first `open`, then one of the others, then `close`. */
export type SubscriberQuestion =
  | { kind: "open"; url: string; headers: Record<string, string>; count: number; reconnectEveryMs?: number }
  /** Counts the run of lines with this total until every subscriber saw its last line, or the time is over. */
  | { kind: "count"; total: number; limitMs: number }
  /** Collects how old the lines of a line writer's run are on arrival. */
  | { kind: "delays"; total: number; limitMs: number }
  | { kind: "close" };

export interface CountAnswer {
  subscribers: LineCount[];
  reconnects: number;
}

type Reader = (text: string, subscriber: number) => void;

/** Many subscribers of one stream in a process of their own. One that reconnects drops its connection wherever it stands. */
export function runSubscribers(): void {
  let read: Reader = () => {};
  let close = () => {};
  let count = 0;
  let reconnects = 0;

  const open = async (question: SubscriberQuestion & { kind: "open" }) => {
    count = question.count;
    const closers = Array.from({ length: count }, () => () => {});
    close = () => closers.forEach((end) => void end());
    await Promise.all(
      closers.map(async (_closer, index) => {
        const stream = keepOpen(
          question,
          (text) => read(text, index),
          () => reconnects++,
        );
        closers[index] = stream.close;
        await stream.opened;
      }),
    );
  };

  const until = async (limitMs: number, isDone: () => boolean) => {
    const end = performance.now() + limitMs;
    while (!isDone() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  const countRun = async (total: number, limitMs: number): Promise<CountAnswer> => {
    const counters = Array.from({ length: count }, () => createLineCounter(total));
    reconnects = 0;
    read = (text, index) => counters[index]?.read(text);
    await until(limitMs, () => counters.every((counter) => counter.isComplete()));
    return { subscribers: counters.map((counter) => counter.count()), reconnects };
  };

  const collectDelays = async (total: number, limitMs: number): Promise<number[]> => {
    const delays: number[] = [];
    const pattern = new RegExp(`mark (\\d+) \\d+ of ${total}(?!\\d)`, "g");
    read = (text) => {
      const now = process.hrtime.bigint();
      for (const [, mark] of text.matchAll(pattern)) delays.push(Number(now - BigInt(mark ?? 0)) / 1e6);
    };
    await until(limitMs, () => delays.length >= total * count);
    return delays;
  };

  answerQuestions(async (question: SubscriberQuestion) => {
    if (question.kind === "open") await open(question);
    if (question.kind === "count") return countRun(question.total, question.limitMs);
    if (question.kind === "delays") return collectDelays(question.total, question.limitMs);
    if (question.kind === "close") close();
    return "done";
  });
}

/** One subscriber, which comes back after its last whole event like a browser when the connection is lost. */
function keepOpen(
  { url, headers, reconnectEveryMs }: SubscriberQuestion & { kind: "open" },
  onText: (text: string) => void,
  onReconnect: () => void,
): { opened: Promise<void>; close(): void } {
  let lastId: string | null = null;
  let stream = { close: () => {} };
  let drop: NodeJS.Timeout | undefined;
  let announce = () => {};
  const opened = new Promise<void>((resolve) => {
    announce = resolve;
  });
  const onEvent = ({ name, data, id }: StreamEvent) => {
    if (id) lastId = id;
    if (name === "connected") announce();
    else onText(data);
  };
  const again = () => {
    stream.close();
    onReconnect();
    connect();
  };
  const connect = () => {
    const resume: Record<string, string> = lastId === null ? {} : { "last-event-id": lastId };
    stream = openEventStream({
      url,
      headers: { ...headers, ...resume },
      onEvent,
      onLost: (reason) => fail(url, reason),
    });
    if (reconnectEveryMs !== undefined) drop = setTimeout(again, reconnectEveryMs * (0.5 + Math.random()));
  };
  connect();
  return {
    opened,
    close: () => {
      clearTimeout(drop);
      stream.close();
    },
  };
}

function fail(url: string, reason: string): never {
  throw new Error(`The stream ${url} was lost: ${reason}`);
}
