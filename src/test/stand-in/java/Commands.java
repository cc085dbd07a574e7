import java.io.IOException;
import java.util.List;

/** The commands of the game that a dashboard uses, with vanilla's answers. What vanilla does not know is a fault command. */
final class Commands {
  private final Server server;
  private final FaultCommands faults;
  private final NameList whitelist = new NameList("whitelist.json");
  private final NameList ops = new NameList("ops.json", "level", "bypassesPlayerLimit");
  private final NameList bans = new NameList("banned-players.json", "created", "source", "expires", "reason");
  private boolean isSavingOff;

  Commands(Server server) {
    this.server = server;
    this.faults = new FaultCommands(server);
  }

  /** The game reads its lists once. */
  void loadLists() throws IOException {
    whitelist.reload();
    ops.reload();
    bans.reload();
  }

  void run(String line, Source source) {
    String command = line.startsWith("/") ? line.substring(1).trim() : line.trim();
    if (command.isEmpty()) return;
    int space = command.indexOf(' ');
    String name = space < 0 ? command : command.substring(0, space);
    String rest = space < 0 ? "" : command.substring(space + 1).trim();
    try {
      if (game(name, rest, source) || faults.run(name, rest, source)) return;
    } catch (IOException | InterruptedException e) {
      source.say("An unexpected error occurred trying to execute that command");
      return;
    }
    source.say("Unknown or incomplete command. See below for error");
    source.say(command + "<--[HERE]");
  }

  private boolean game(String name, String rest, Source source) throws IOException, InterruptedException {
    switch (name) {
      case "help":
        for (String known : new String[] {"ban <targets> [<reason>]", "help [<command>]", "list [uuids]", "stop"}) source.say("/" + known);
        return true;
      case "list":
        list(rest.equals("uuids"), source);
        return true;
      case "say":
        server.log.info("[" + source.name() + "] " + rest);
        return true;
      case "tellraw":
        // What a player sees is neither answered nor logged.
        if (!server.players.names().contains(rest.split(" ", 2)[0])) source.say("No player was found");
        return true;
      case "seed":
        source.say("Seed: [1234567890]");
        return true;
      case "stop":
        source.tell("Stopping the server");
        if (!server.behaviour.flag("ignore.stop")) server.requestStop();
        return true;
      case "save-off":
      case "save-on":
        switchSaving(name.equals("save-off"), source);
        return true;
      case "save-all":
        source.say("Saving the game (this may take a moment!)");
        if (save()) source.tell("Saved the game");
        else source.say("Unable to save the game (is there enough disk space?)");
        return true;
      case "tick":
        if (!rest.equals("query")) return false;
        String mspt = server.behaviour.text("tick.ms", "2.1");
        source.say(Double.parseDouble(mspt) > 50 ? "The game is running, but can't keep up with the target tick rate" : "The game is running normally");
        source.say("Target tick rate: 20.0 per second.\nAverage time per tick: " + mspt + "ms (Target: 50.0ms)");
        source.say("Percentiles: P50: 1.9ms P95: 3.4ms P99: 5.0ms. Sample: 100");
        return true;
      case "tps":
      case "mspt":
        if (!server.behaviour.text("console.style", "vanilla").equals("paper")) return false;
        tickTimes(name.equals("tps"), source);
        return true;
      case "whitelist":
        return whitelist(rest, source);
      default:
        return operator(name, rest, source);
    }
  }

  private void list(boolean withUuids, Source source) {
    List<String> names = server.players.names();
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      if (text.length() > 0) text.append(", ");
      text.append(withUuids ? name + " (" + NameList.offlineUuid(name) + ")" : name);
    }
    source.say("There are " + names.size() + " of a max of " + server.properties.number("max-players", 20) + " players online: " + text);
  }

  /** Paper's answers, colours and all. */
  private void tickTimes(boolean isRate, Source source) {
    String mspt = server.behaviour.text("tick.ms", "2.1");
    double rate = Math.min(20, 1000 / Double.parseDouble(mspt));
    if (isRate) {
      source.say("§6TPS from last 1m, 5m, 15m: §a" + (rate == 20 ? "*" : "") + rate + ", §a20.0, §a20.0");
      return;
    }
    source.say("§6Server tick times §e(§7avg§e/§7min§e/§7max§e)§6 from last 5s§7,§6 10s§7,§6 1m§e:");
    source.say("§6◴ §a" + mspt + "§7/§a0.9§7/§a99.0§e, §a1.3§7/§a0.8§7/§a4.0§e, §a1.4§7/§a0.8§7/§a4.0");
  }

  /** False when there is no room for it. */
  boolean save() throws IOException, InterruptedException {
    server.tell("server/saving");
    Thread.sleep(server.behaviour.number("save.ms", 0));
    if (server.behaviour.flag("save.fails")) return false;
    server.world.save();
    server.tell("server/saved");
    return true;
  }

  boolean isSavingOff() {
    return isSavingOff;
  }

  void setSaving(boolean off) {
    isSavingOff = off;
    if (!off || !server.behaviour.flag("save.off.ignored")) server.world.setSaving(!off);
  }

  private void switchSaving(boolean off, Source source) {
    if (isSavingOff == off) {
      source.say("Saving is already turned " + (off ? "off" : "on"));
      return;
    }
    setSaving(off);
    source.tell("Automatic saving is now " + (off ? "disabled" : "enabled"));
  }

  /** A game in online mode asks Mojang for every name; the behaviour `unknown.players` lists those that Mojang does not know. */
  boolean isUnknown(String name) {
    for (String unknown : server.behaviour.text("unknown.players", "").split(",")) if (unknown.trim().equalsIgnoreCase(name)) return true;
    return false;
  }

  private boolean isUnknown(String name, Source source) {
    if (isUnknown(name)) source.say("That player does not exist");
    return isUnknown(name);
  }

  /** By its name in the management protocol; null when there is none. */
  NameList listOf(String name) {
    if (name.equals("operators")) return ops;
    if (name.equals("allowlist")) return whitelist;
    return name.equals("bans") ? bans : null;
  }

  private boolean whitelist(String rest, Source source) throws IOException {
    int space = rest.indexOf(' ');
    String verb = space < 0 ? rest : rest.substring(0, space);
    String name = space < 0 ? "" : rest.substring(space + 1);
    switch (verb) {
      case "add":
        if (isUnknown(name, source)) return true;
        if (whitelist.add(name)) source.tell("Added " + name + " to the whitelist");
        else source.say("Player is already whitelisted");
        return true;
      case "remove":
        if (whitelist.remove(name)) source.tell("Removed " + name + " from the whitelist");
        else source.say("Player is not whitelisted");
        return true;
      case "reload":
        whitelist.reload();
        source.tell("Reloaded the whitelist");
        return true;
      case "list":
        int count = whitelist.names().size();
        if (count == 0) source.say("There are no whitelisted players");
        else source.say("There are " + count + " whitelisted player(s): " + String.join(", ", whitelist.names()));
        return true;
      case "on":
      case "off":
        boolean isOn = server.properties.flag("white-list");
        if (isOn == verb.equals("on")) {
          source.say("Whitelist is already turned " + verb);
          return true;
        }
        server.properties.set("white-list", isOn ? "false" : "true");
        server.properties.saveAsServerProperties();
        source.tell("Whitelist is now turned " + verb);
        return true;
      default:
        return false;
    }
  }

  private boolean operator(String command, String rest, Source source) throws IOException {
    int space = rest.indexOf(' ');
    String name = space < 0 ? rest : rest.substring(0, space);
    if (name.isEmpty()) return false;
    switch (command) {
      case "op":
        if (isUnknown(name, source)) return true;
        if (ops.add(name, server.properties.text("op-permission-level", "4"), "false")) source.tell("Made " + name + " a server operator");
        else source.say("Nothing changed. The player already is an operator");
        return true;
      case "deop":
        if (ops.remove(name)) source.tell("Made " + name + " no longer a server operator");
        else source.say("Nothing changed. The player is not an operator");
        return true;
      case "ban":
        String reason = space < 0 ? "Banned by an operator." : rest.substring(space + 1);
        if (isUnknown(name, source)) return true;
        String created = NameList.quote(LocalTime.stamp("-", " ", ":") + " +0000");
        if (bans.add(name, created, NameList.quote(source.name()), "\"forever\"", NameList.quote(reason)))
          source.tell("Banned " + name + ": " + reason);
        else source.say("Nothing changed. The player is already banned");
        server.players.leave(name, "You are banned from this server");
        return true;
      case "pardon":
        if (bans.remove(name)) source.tell("Unbanned " + name);
        else source.say("Nothing changed. The player isn't banned");
        return true;
      case "kick":
        String why = space < 0 ? "Kicked by an operator" : rest.substring(space + 1);
        if (server.players.leave(name, why)) source.tell("Kicked " + name + ": " + why);
        else source.say("No player was found");
        return true;
      default:
        return false;
    }
  }
}
