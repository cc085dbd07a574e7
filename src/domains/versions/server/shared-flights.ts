export interface Passenger {
  signal?: AbortSignal;
  onProgress?: (done: number, total: number | null) => void;
}

/** What the work of a flight is given. */
export interface Flight {
  /** Aborts when the last passenger has left. */
  readonly signal: AbortSignal;
  readonly report: (done: number, total: number | null) => void;
}

export interface SharedFlights<T> {
  /** Joins the work under this key or starts it. Rejects with the passenger's own reason as soon as its signal aborts. */
  join(key: string, work: (flight: Flight) => Promise<T>, passenger: Passenger): Promise<T>;
}

interface OpenFlight<T> {
  readonly controller: AbortController;
  readonly passengers: Set<Passenger>;
  readonly result: Promise<T>;
  progress: readonly [done: number, total: number | null] | null;
}

/** One piece of work per key at a time, shared by all who ask for it meanwhile, given up when nobody waits any more. */
export function createSharedFlights<T>(): SharedFlights<T> {
  const open = new Map<string, OpenFlight<T>>();

  const depart = (key: string, work: (flight: Flight) => Promise<T>): OpenFlight<T> => {
    const controller = new AbortController();
    const passengers = new Set<Passenger>();
    const report = (done: number, total: number | null) => {
      flight.progress = [done, total];
      for (const passenger of passengers) passenger.onProgress?.(done, total);
    };
    const result = Promise.resolve()
      .then(() => work({ signal: controller.signal, report }))
      .finally(() => {
        if (open.get(key) === flight) open.delete(key);
      });
    // Whoever still waits hears of a failure; when nobody does, it is not an unhandled one.
    result.catch(() => {});
    const flight: OpenFlight<T> = { controller, passengers, result, progress: null };
    open.set(key, flight);
    return flight;
  };

  return {
    async join(key, work, passenger) {
      passenger.signal?.throwIfAborted();
      const flight = open.get(key) ?? depart(key, work);
      flight.passengers.add(passenger);
      if (flight.progress) passenger.onProgress?.(...flight.progress);
      try {
        return await untilAborted(flight.result, passenger.signal);
      } finally {
        flight.passengers.delete(passenger);
        if (flight.passengers.size === 0) {
          // A later caller must not board a flight that is being given up.
          if (open.get(key) === flight) open.delete(key);
          flight.controller.abort(passenger.signal?.reason);
        }
      }
    },
  };
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
