import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** The server thread: start, commands one after the other, stop. Everything a command does waits for its turn here. */
final class Server implements Runnable {
  static final String VERSION = "1.21.11";
  static final int PROTOCOL = 774;
  private static final String[] DIMENSIONS = {"overworld", "the_nether", "the_end"};

  final Settings behaviour;
  final Settings properties;
  final Log log;
  final World world;
  final Players players;
  final Commands commands;
  final CountDownLatch stopped = new CountDownLatch(1);
  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<Runnable>();
  private final long began;
  private volatile boolean isRunning = true;
  /** Before this vanilla has no status yet and hangs up on whoever asks. */
  volatile boolean isReady;
  private StatusListener status;
  /** What the management service says: everything is there, RCON too. */
  volatile boolean isStarted;
  private RconListener rcon;
  private ManagementListener management;

  Server(Settings behaviour, Settings properties, Log log, World world, long began) {
    this.behaviour = behaviour;
    this.properties = properties;
    this.log = log;
    this.world = world;
    this.began = began;
    this.players = new Players(this);
    this.commands = new Commands(this);
  }

  void submit(Runnable task) {
    tasks.add(task);
  }

  /** Ends the loop after the task at hand; a start under way is finished first, as in vanilla. */
  void requestStop() {
    isRunning = false;
    submit(new CommandTask(this, "", new ConsoleSource(log)));
  }

  @Override
  public void run() {
    int code = 0;
    try {
      start();
      while (isRunning) tasks.take().run();
    } catch (Throwable e) {
      code = 1;
      reportCrash(e);
    }
    stop();
    stopped.countDown();
    System.exit(code);
  }

  private void start() throws IOException, InterruptedException {
    management = ManagementListener.open(this);
    log.info("Starting minecraft server version " + VERSION);
    log.info("Loading properties");
    log.info("Default game type: SURVIVAL");
    log.info("Generating keypair");
    String ip = properties.text("server-ip", "");
    log.info("Starting Minecraft server on " + (ip.isEmpty() ? "*" : ip) + ":" + properties.text("server-port", "25565"));
    log.info("Using epoll channel type");
    try {
      status = StatusListener.open(this, ip);
    } catch (BindException e) {
      log.warn("**** FAILED TO BIND TO PORT!");
      log.warn("The exception was: " + e);
      log.warn("Perhaps a server is already running on that port?");
      throw new IllegalStateException("Failed to initialize server");
    }
    log.info("Preparing level \"" + world.name + "\"");
    commands.loadLists();
    world.createIfMissing();
    String fault = behaviour.text("crash.at.start", "");
    if (!fault.isEmpty()) commands.run(fault, new ConsoleSource(log));
    if (behaviour.flag("startup.never")) new CountDownLatch(1).await();
    log.info("Preparing spawn area: 0%");
    Thread.sleep(behaviour.number("startup.ms", 0));
    log.info("Preparing spawn area: 100%");
    long elapsed = (System.nanoTime() - began) / 1000000;
    log.info("Time elapsed: " + elapsed + " ms");
    if (behaviour.text("console.style", "vanilla").equals("paper")) {
      log.info("Done preparing level \"" + world.name + "\" (" + seconds(elapsed) + "s)");
    }
    isReady = !behaviour.flag("status.never");
    log.info("Done (" + seconds(elapsed) + "s)! For help, type \"help\"");
    rcon = RconListener.open(this);
    isStarted = true;
    tell("server/started");
  }

  /** By the management service, to whoever listens there. */
  void tell(String name, Object... params) {
    if (management != null) management.tell(name, params);
  }

  private static String seconds(long ms) {
    String rest = "" + (1000 + ms % 1000);
    return ms / 1000 + "." + rest.substring(1);
  }

  private void stop() {
    log.info("Stopping server");
    tell("server/stopping");
    if (status != null) status.close();
    log.info("Saving players");
    log.info("Saving worlds");
    for (String dimension : DIMENSIONS) {
      log.info("Saving chunks for level 'ServerLevel[" + world.name + "]'/minecraft:" + dimension);
    }
    try {
      world.setSaving(false);
      Thread.sleep(behaviour.number("save.ms", 0));
      world.save();
    } catch (IOException | InterruptedException e) {
      log.error("Exception stopping the server");
      log.trace(e);
    }
    log.info("ThreadedAnvilChunkStorage (" + world.name + "): All chunks are saved");
    log.info("ThreadedAnvilChunkStorage: All dimensions are saved");
    if (rcon != null) rcon.close();
    if (management != null) management.close();
  }

  private void reportCrash(Throwable thrown) {
    log.error("Encountered an unexpected exception");
    log.trace(thrown);
    Path path = Path.of("crash-reports", "crash-" + LocalTime.stamp("-", "_", ".") + "-server.txt");
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, CrashReport.of(thrown));
      log.error("This crash report has been saved to: " + Path.of("").toAbsolutePath() + "/./" + path);
    } catch (IOException e) {
      log.error("We were unable to save this crash report to disk.");
    }
  }
}
