import { useTranslations } from "next-intl";
import { useErrorText } from "@/components/use-error-text";
import type { RemovalPreview, ServerPreview } from "../contract";

const parts = ["add", "change", "remove", "byHand", "stay"] as const;
const namesShown = 8;

type Lines = Pick<ServerPreview, "error"> & Partial<Pick<ServerPreview & RemovalPreview, (typeof parts)[number]>>;

/** Who would be added, changed or removed in one server's list, and who stays. */
export function PreviewLines({ preview }: { preview: Lines }) {
  const t = useTranslations("groups.attach.preview");
  const errorText = useErrorText();
  if (preview.error) return <p>{errorText({ ...preview.error, details: {} }).text}</p>;
  const shown = parts.flatMap((part) => (preview[part]?.length ? [{ part, names: preview[part] }] : []));
  if (shown.length === 0) return <p>{t("nothing")}</p>;
  return shown.map(({ part, names }) => {
    const rest = names.length - namesShown;
    return (
      <p key={part}>
        <span className="font-medium">{t(part, { count: names.length })}</span>{" "}
        <span className="font-mono break-words text-muted-foreground">{names.slice(0, namesShown).join(", ")}</span>
        {rest > 0 && <span className="text-muted-foreground"> {t("more", { count: rest })}</span>}
      </p>
    );
  });
}
