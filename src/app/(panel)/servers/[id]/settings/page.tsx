import { ServerSettings } from "@/domains/servers/ui/settings/server-settings";

export default async function ServerSettingsPage({ params }: { params: Promise<{ id: string }> }) {
  return <ServerSettings serverId={(await params).id} />;
}
