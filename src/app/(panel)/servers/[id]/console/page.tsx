import { ConsoleTab } from "./console-tab";

export default async function ServerConsolePage({ params }: { params: Promise<{ id: string }> }) {
  return <ConsoleTab serverId={(await params).id} />;
}
