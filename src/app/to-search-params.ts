/** What Next gives a page of its address. */
export type PageQuery = Promise<Record<string, string | string[] | undefined>>;

/** The query of a page as the browser has it; of a name given twice the first. */
export async function toSearchParams(query: PageQuery): Promise<URLSearchParams> {
  const pairs = Object.entries(await query).flatMap(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? [] : [[name, first]];
  });
  return new URLSearchParams(pairs);
}
