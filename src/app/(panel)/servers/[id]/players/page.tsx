import { PlayersTab } from "@/domains/players/ui/players-tab";

export default async function ServerPlayersPage({ params }: { params: Promise<{ id: string }> }) {
  return <PlayersTab serverId={(await params).id} />;
}
