import java.util.concurrent.CountDownLatch;

/** One command waiting for the server thread. */
final class CommandTask implements Runnable {
  private final Server server;
  private final String command;
  private final Source source;
  final CountDownLatch done = new CountDownLatch(1);

  CommandTask(Server server, String command, Source source) {
    this.server = server;
    this.command = command;
    this.source = source;
  }

  @Override
  public void run() {
    try {
      server.commands.run(command, source);
    } finally {
      done.countDown();
    }
  }
}
