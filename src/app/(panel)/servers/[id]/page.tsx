import { ServerOverview } from "@/domains/servers/ui/detail/server-overview";

export default async function ServerPage({ params }: { params: Promise<{ id: string }> }) {
  return <ServerOverview serverId={(await params).id} />;
}
