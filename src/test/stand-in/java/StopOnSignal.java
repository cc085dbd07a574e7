/** The shutdown hook: a TERM ends in the same clean stop as the command; the JVM then exits with 143. */
final class StopOnSignal implements Runnable {
  private final Server server;

  StopOnSignal(Server server) {
    this.server = server;
  }

  @Override
  public void run() {
    server.requestStop();
    try {
      server.stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
