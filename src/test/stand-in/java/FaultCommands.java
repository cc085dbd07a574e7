import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Commands no real server has: they make the stand-in misbehave, or talk, in a way a test asks for. */
final class FaultCommands {
  private static final String UNICODE = "§aGrün §r日本語 \uD83C\uDF0D ";

  private final Server server;

  FaultCommands(Server server) {
    this.server = server;
  }

  boolean run(String name, String rest, Source source) throws IOException, InterruptedException {
    switch (name) {
      case "reply":
        source.say(pattern("0123456789", Integer.parseInt(rest)));
        return true;
      case "unicode":
        source.say(pattern(UNICODE, Integer.parseInt(rest)));
        return true;
      case "slow":
        Thread.sleep(Long.parseLong(rest));
        return true;
      case "busy":
        // Keeps one core busy for so many ms, beside the server thread.
        long until = System.nanoTime() + Long.parseLong(rest) * 1000000;
        Thread spinner = new Thread(() -> {
          while (System.nanoTime() < until) Thread.onSpinWait();
        }, "Busy");
        spinner.setDaemon(true);
        spinner.start();
        return true;
      case "flood":
        String[] numbers = rest.split(" ");
        new Thread(new Flood(server.log, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])), "Flood").start();
        return true;
      case "longline":
        server.log.longLine(Long.parseLong(rest));
        return true;
      case "raw":
        server.log.raw(rest);
        return true;
      case "chat":
        int space = rest.indexOf(' ');
        server.log.info("<" + rest.substring(0, space) + "> " + rest.substring(space + 1));
        return true;
      case "rotate":
        server.log.rotate();
        return true;
      case "join":
        server.players.join(rest);
        return true;
      case "leave":
        server.players.leave(rest, "Disconnected");
        return true;
      case "sneak-in":
        server.players.sneakIn(rest);
        return true;
      case "sneak-out":
        server.players.sneakOut(rest);
        return true;
      case "spawn":
        source.say("Spawned " + new ProcessBuilder("sleep", "600").start().pid());
        return true;
      case "crash":
        throw new IllegalStateException(rest.isEmpty() ? "stand-in crash" : rest);
      case "ruin":
        server.world.ruin();
        throw new IllegalStateException("Chunk file at [0, 0] is in the wrong location");
      case "fill":
        server.world.fillTheDisk();
        throw new IllegalStateException("No space left on device");
      case "oom":
        fillTheHeap();
        return true;
      case "exit":
        Runtime.getRuntime().halt(Integer.parseInt(rest));
        return true;
      case "hang":
        new CountDownLatch(1).await();
        return true;
      default:
        return false;
    }
  }

  /** Exactly `length` UTF-16 units of the repeated text; it may end in the middle of a surrogate pair. */
  private static String pattern(String unit, int length) {
    StringBuilder text = new StringBuilder(length + unit.length());
    while (text.length() < length) text.append(unit);
    text.setLength(length);
    return text.toString();
  }

  private static void fillTheHeap() {
    List<byte[]> hoard = new ArrayList<byte[]>();
    while (hoard.size() < Integer.MAX_VALUE) hoard.add(new byte[1 << 20]);
  }
}
