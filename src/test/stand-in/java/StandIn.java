import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/**
 * Stands in for a vanilla 1.21 server in tests: same files, same log lines, same protocols, no game. Written without
 * lambdas and formatters on purpose: they would double the time to start.
 */
public final class StandIn {
  private StandIn() {}

  public static void main(String[] args) throws IOException {
    long began = System.nanoTime();
    Thread.currentThread().setName("ServerMain");
    Settings behaviour = new Settings("stand-in.properties");
    behaviour.overlay(versionFile());
    Log log = new Log(behaviour.text("console.style", "vanilla").equals("paper"));
    Settings properties = new Settings("server.properties");
    properties.saveAsServerProperties();
    if (!hasAgreedToEula(log)) return;

    World world = new World(properties.text("level-name", "world"), behaviour);
    try {
      world.lock();
    } catch (IOException e) {
      // Vanilla's main only logs this and returns: the exit code is 0.
      log.error("Failed to start the minecraft server");
      log.raw(e.getMessage());
      return;
    }
    Server server = new Server(behaviour, properties, log, world, began);
    Runtime.getRuntime().addShutdownHook(new Thread(new StopOnSignal(server), "Server Shutdown Thread"));
    if (behaviour.flag("ignore.term")) IgnoredSignal.install("TERM");
    Thread thread = new Thread(server, "Server thread");
    thread.start();
    Console.start(server);
  }

  /** Behaviour of one version alone: every version's jar is the same, but for its comment. */
  private static String versionFile() {
    try (ZipFile jar = new ZipFile(System.getProperty("java.class.path"))) {
      return "stand-in-" + ("" + jar.getComment()).replace(' ', '-') + ".properties";
    } catch (IOException e) {
      return "stand-in-unknown.properties";
    }
  }

  private static boolean hasAgreedToEula(Log log) throws IOException {
    Path path = Path.of("eula.txt");
    if (!Files.exists(path)) {
      log.warn("Failed to load eula.txt");
      Files.writeString(path, "#By changing the setting below to TRUE you are indicating your agreement to our EULA"
          + " (https://aka.ms/MinecraftEULA).\n#" + LocalTime.stamp("-", "T", ":") + "\neula=false\n");
    }
    if (new Settings("eula.txt").flag("eula")) return true;
    log.info("You need to agree to the EULA in order to run the server. Go to eula.txt for more info.");
    return false;
  }
}
