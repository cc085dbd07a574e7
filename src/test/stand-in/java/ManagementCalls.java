import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The methods of the management protocol that a dashboard uses, over the same lists, players and world as the commands. */
final class ManagementCalls {
  private final Server server;

  ManagementCalls(Server server) {
    this.server = server;
  }

  Object call(String method, List<Object> params, boolean isLie) throws IOException, InterruptedException, NoSuchMethodException {
    Commands commands = server.commands;
    String name = method.startsWith("minecraft:") ? method.substring(10) : method;
    switch (name) {
      case "server/status":
        Object version = Json.object("name", Server.VERSION, "protocol", (long) Server.PROTOCOL);
        return Json.object("started", server.isStarted, "players", online(), "version", version);
      case "server/save":
        server.log.info("RPC Connection #1: Save everything. SuppressLogs: true, flush: " + params.get(0) + ", force: true");
        return isLie || commands.save();
      case "server/system_message":
        return say((Map<?, ?>) params.get(0));
      case "serversettings/autosave":
        return !commands.isSavingOff();
      case "serversettings/autosave/set":
        boolean on = (Boolean) params.get(0);
        server.log.info("RPC Connection #1: Update autosave from " + !commands.isSavingOff() + " to " + on);
        if (!isLie) commands.setSaving(!on);
        return on;
      case "players":
        return isLie ? new ArrayList<Object>() : online();
      case "players/kick":
        return kick((List<?>) params.get(0));
      default:
        return list(name, params, isLie);
    }
  }

  private Object list(String name, List<Object> params, boolean isLie) throws IOException, NoSuchMethodException {
    int slash = name.indexOf('/');
    String which = slash < 0 ? name : name.substring(0, slash);
    String verb = slash < 0 ? "" : name.substring(slash + 1);
    NameList list = server.commands.listOf(which);
    if (list == null) throw new NoSuchMethodException(name);
    switch (verb) {
      case "":
        break;
      case "add":
        for (Object entry : (List<?>) params.get(0)) if (!isLie) add(which, list, (Map<?, ?>) entry);
        break;
      case "remove":
        for (Object player : (List<?>) params.get(0)) if (!isLie) remove(list, (Map<?, ?>) player);
        break;
      default:
        throw new NoSuchMethodException(name);
    }
    List<Object> entries = new ArrayList<Object>();
    for (Map<String, String> entry : list.entries()) entries.add(shown(which, entry));
    return entries;
  }

  private void add(String which, NameList list, Map<?, ?> entry) throws IOException {
    Map<?, ?> player = which.equals("allowlist") ? entry : (Map<?, ?>) entry.get("player");
    String name = (String) player.get("name");
    // Whom Mojang does not know is left out without a word.
    if (name == null || server.commands.isUnknown(name)) return;
    if (which.equals("operators")) {
      Object level = entry.get("permissionLevel");
      Object bypasses = entry.get("bypassesPlayerLimit");
      list.put(name, level == null ? server.properties.text("op-permission-level", "4") : "" + level, "" + (bypasses != null && (Boolean) bypasses));
    } else if (which.equals("bans")) {
      Object source = entry.get("source");
      Object reason = entry.get("reason");
      Object expires = entry.get("expires");
      String end = expires == null ? "forever" : ((String) expires).replace('T', ' ').replace("Z", " +0000");
      String created = LocalTime.stamp("-", " ", ":") + " +0000";
      list.put(name, NameList.quote(created), Json.write(source == null ? "Management server" : source), NameList.quote(end),
          Json.write(reason == null ? "Banned by an operator." : reason));
      server.players.leave(name, "You are banned from this server");
    } else {
      list.put(name);
    }
  }

  /** By the UUID where there is one, as the game looks players up. */
  private static void remove(NameList list, Map<?, ?> player) throws IOException {
    for (Map<String, String> entry : list.entries()) {
      Object id = player.get("id");
      String known = (String) Json.parse(entry.get("name"));
      boolean isMeant = id != null ? Json.parse(entry.get("uuid")).equals(id) : known.equalsIgnoreCase((String) player.get("name"));
      if (!isMeant) continue;
      list.remove(known);
      return;
    }
  }

  private static Object shown(String which, Map<String, String> entry) {
    Object player = Json.object("id", Json.parse(entry.get("uuid")), "name", Json.parse(entry.get("name")));
    if (which.equals("allowlist")) return player;
    Map<String, Object> shown = Json.object("player", player);
    if (which.equals("operators")) {
      shown.put("permissionLevel", Json.parse(entry.get("level")));
      shown.put("bypassesPlayerLimit", Boolean.valueOf(entry.get("bypassesPlayerLimit")));
      return shown;
    }
    if (entry.get("reason") != null) shown.put("reason", Json.parse(entry.get("reason")));
    if (entry.get("source") != null) shown.put("source", Json.parse(entry.get("source")));
    String end = (String) Json.parse(entry.get("expires"));
    if (!end.equals("forever")) shown.put("expires", end.replace(" +0000", "Z").replace(' ', 'T'));
    return shown;
  }

  private List<Object> online() {
    List<Object> players = new ArrayList<Object>();
    for (String name : server.players.names()) players.add(Players.shown(name));
    return players;
  }

  /** Those that were there. */
  private Object kick(List<?> wanted) {
    List<Object> kicked = new ArrayList<Object>();
    for (Object entry : wanted) {
      Map<?, ?> message = (Map<?, ?>) ((Map<?, ?>) entry).get("message");
      String name = (String) ((Map<?, ?>) ((Map<?, ?>) entry).get("player")).get("name");
      String reason = message == null ? "Kicked by an operator" : (String) message.get("literal");
      if (server.players.leave(name, reason)) kicked.add(Players.shown(name));
    }
    return kicked;
  }

  /** To everybody it is logged, to some it is not. */
  private boolean say(Map<?, ?> message) {
    String text = (String) ((Map<?, ?>) message.get("message")).get("literal");
    if (!(message.get("receivingPlayers") instanceof List)) server.log.info(text);
    return true;
  }
}
