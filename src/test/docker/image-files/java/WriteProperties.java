import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/** Takes the documented variables over into the file named by the first argument; what is not set stays as it is. */
public final class WriteProperties {
  /** The variable is the key in capitals with underscores, unless it is one of {@link #NAMED}. */
  private static final String[] KEYS = {
    "accepts-transfers", "allow-flight", "allow-nether", "broadcast-console-to-ops", "broadcast-rcon-to-ops", "difficulty",
    "enable-command-block", "enable-query", "enable-rcon", "enable-status", "enforce-secure-profile", "enforce-whitelist",
    "entity-broadcast-range-percentage", "force-gamemode", "function-permission-level", "generate-structures",
    "hardcore", "hide-online-players", "level-type", "log-ips", "max-players", "max-tick-time", "max-world-size", "motd",
    "network-compression-threshold", "online-mode", "op-permission-level", "pause-when-empty-seconds",
    "player-idle-timeout", "prevent-proxy-connections", "pvp", "rcon.password", "rcon.port", "resource-pack",
    "resource-pack-sha1", "server-ip", "server-port", "simulation-distance", "spawn-animals", "spawn-monsters",
    "spawn-npcs", "spawn-protection", "sync-chunk-writes", "use-native-transport", "view-distance",
  };

  private static final String[] NAMED = {
    "MODE", "gamemode", "LEVEL", "level-name", "SEED", "level-seed", "WHITELIST_PROP", "white-list",
    "RESOURCE_PACK_ENFORCE", "require-resource-pack", "ENABLE_JMX", "enable-jmx-monitoring", "QUERY_PORT", "query.port",
  };

  private static final String[] MODES = {"survival", "creative", "adventure", "spectator"};
  private static final String[] DIFFICULTIES = {"peaceful", "easy", "normal", "hard"};

  private WriteProperties() {}

  public static void main(String[] args) throws IOException {
    Path path = Path.of(args[0]);
    boolean isNew = !Files.exists(path);
    Properties values = new Properties();
    if (!isNew) {
      try (BufferedReader reader = Files.newBufferedReader(path)) {
        values.load(reader);
      }
    }
    if (isNew) values.setProperty("white-list", "false");
    for (String key : KEYS) take(values, key, key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_'));
    for (int i = 0; i < NAMED.length; i += 2) take(values, NAMED[i + 1], NAMED[i]);
    String more = System.getenv("CUSTOM_SERVER_PROPERTIES");
    if (more != null) values.load(new java.io.StringReader(more));
    try (BufferedWriter writer = Files.newBufferedWriter(path)) {
      values.store(writer, "Minecraft server properties");
    }
    System.out.println("[init] " + (isNew ? "Created" : "Updated") + " server.properties");
  }

  private static void take(Properties values, String key, String variable) {
    String value = System.getenv(variable);
    if (value == null) return;
    if (key.equals("gamemode")) value = named(value, MODES);
    if (key.equals("difficulty")) value = named(value, DIFFICULTIES);
    boolean isSwitch = value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
    values.setProperty(key, isSwitch ? value.toLowerCase(Locale.ROOT) : value);
  }

  private static String named(String value, String[] names) {
    return value.matches("[0-3]") ? names[value.charAt(0) - '0'] : value.toLowerCase(Locale.ROOT);
  }
}
