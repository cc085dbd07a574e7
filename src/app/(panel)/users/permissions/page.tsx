import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openPage } from "@/app/open-page";
import { MatrixView } from "@/domains/users/ui/matrix/matrix-view";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("users"))("matrix.title") };
}

export default async function PermissionsPage() {
  await openPage("/users/permissions");
  return <MatrixView />;
}
