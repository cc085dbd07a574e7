import { MembersTab } from "@/domains/servers/ui/members/members-tab";

export default async function ServerMembersPage({ params }: { params: Promise<{ id: string }> }) {
  return <MembersTab serverId={(await params).id} />;
}
