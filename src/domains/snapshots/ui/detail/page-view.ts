/** What the page of a snapshot shows. */
export interface PageView {
  tab: "files" | "compare" | "regions";
  /** The folder that is open; empty for the top. */
  path: string;
  /** With what it is compared; null: the server as it is now. */
  withId: string | null;
}

/** The view that an address asks for; what cannot be understood is left out. */
export function readPageView(query: URLSearchParams): PageView {
  const tab = query.get("view");
  const withId = query.get("with");
  const path = query.get("path") ?? "";
  const isPath = path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  return {
    tab: tab === "compare" || tab === "regions" ? tab : "files",
    path: isPath ? path : "",
    withId: withId && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(withId) ? withId : null,
  };
}

export function writePageView({ tab, path, withId }: PageView): URLSearchParams {
  const query = new URLSearchParams();
  if (tab !== "files") query.set("view", tab);
  if (path) query.set("path", path);
  if (withId) query.set("with", withId);
  return query;
}
