import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeMap;

/** A properties file of the working directory; a missing one reads as empty. */
final class Settings {
  private static final String[] SERVER_DEFAULTS = {
    "broadcast-rcon-to-ops", "true", "difficulty", "easy", "enable-rcon", "false", "enable-status", "true",
    "enforce-whitelist", "false", "gamemode", "survival", "level-name", "world", "level-seed", "", "management-server-allowed-origins", "",
    "management-server-enabled", "false", "management-server-host", "localhost", "management-server-port", "0",
    "management-server-secret", "", "management-server-tls-enabled", "true", "max-players", "20",
    "motd", "A Minecraft Server", "online-mode", "true", "query.port", "25565", "rcon.password", "", "rcon.port", "25575",
    "server-ip", "", "server-port", "25565", "view-distance", "10", "white-list", "false",
  };

  private final Properties values = new Properties();
  private final Path path;
  final boolean existed;

  Settings(String name) throws IOException {
    path = Path.of(name);
    existed = Files.exists(path);
    if (!existed) return;
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      values.load(reader);
    }
  }

  /** Takes over what another file says; a missing one says nothing. */
  void overlay(String name) throws IOException {
    if (!Files.exists(Path.of(name))) return;
    try (BufferedReader reader = Files.newBufferedReader(Path.of(name))) {
      values.load(reader);
    }
  }

  String text(String key, String fallback) {
    return values.getProperty(key, fallback).trim();
  }

  int number(String key, int fallback) {
    try {
      return Integer.parseInt(text(key, ""));
    } catch (NumberFormatException e) {
      return fallback;
    }
  }

  boolean flag(String key) {
    return text(key, "false").equalsIgnoreCase("true");
  }

  void set(String key, String value) {
    values.setProperty(key, value);
  }

  /** Vanilla rewrites server.properties at every start: missing keys appear, comments go. */
  void saveAsServerProperties() throws IOException {
    TreeMap<String, String> sorted = new TreeMap<String, String>();
    for (int i = 0; i < SERVER_DEFAULTS.length; i += 2) sorted.put(SERVER_DEFAULTS[i], SERVER_DEFAULTS[i + 1]);
    for (String key : values.stringPropertyNames()) sorted.put(key, values.getProperty(key));
    StringBuilder out = new StringBuilder("#Minecraft server properties\n#" + LocalTime.stamp("-", "T", ":") + "\n");
    for (String key : sorted.keySet()) {
      out.append(escape(key)).append('=').append(escape(sorted.get(key))).append('\n');
    }
    Files.writeString(path, out.toString());
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') out.append("\\n");
      else if (c == '\\' || c == ':' || c == '=' || c == '#' || c == '!' || (c == ' ' && i == 0)) out.append('\\').append(c);
      else out.append(c);
    }
    return out.toString();
  }
}
