import java.util.ArrayList;
import java.util.List;

/** Who is "in the game": names that the commands `join` and `leave` put there, with vanilla's log lines. */
final class Players {
  private final Server server;
  private final Log log;
  private final List<String> online = new ArrayList<String>();
  private int entityId = 282;

  Players(Server server) {
    this.server = server;
    this.log = server.log;
  }

  /** As the management protocol shows a player. */
  static Object shown(String name) {
    return Json.object("id", NameList.offlineUuid(name).toString(), "name", name);
  }

  /** As a plugin has it that keeps arrivals out of the log. */
  synchronized void sneakIn(String name) {
    online.add(name);
    server.tell("players/joined", shown(name));
  }

  synchronized void sneakOut(String name) {
    if (online.remove(name)) server.tell("players/left", shown(name));
  }

  synchronized void join(String name) {
    log.line("User Authenticator #1", "INFO", "UUID of player " + name + " is " + NameList.offlineUuid(name));
    log.info(name + "[/127.0.0.1:43608] logged in with entity id " + entityId++ + " at (-170.7, 64.0, 313.3)");
    log.info(name + " joined the game");
    sneakIn(name);
  }

  /** False when nobody of that name is online. */
  synchronized boolean leave(String name, String reason) {
    for (int i = 0; i < online.size(); i++) {
      if (!online.get(i).equalsIgnoreCase(name)) continue;
      String known = online.remove(i);
      log.info(known + " lost connection: " + reason);
      log.info(known + " left the game");
      server.tell("players/left", shown(known));
      return true;
    }
    return false;
  }

  synchronized List<String> names() {
    return new ArrayList<String>(online);
  }
}
